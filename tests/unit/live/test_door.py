"""An address leads to the socket that is meant, and every other one nowhere; other origins are not even looked at."""

import pytest
from django.urls import path

from live.arriving.door import Door


class Socket:
    """Says where it was reached, and with which words of the address."""

    reached = []

    def __init__(self):
        self.reached.clear()

    async def __call__(self, scope, receive, send):
        self.reached.append((type(self), scope.get("live.address"), scope["live.session"]))

    @classmethod
    def as_asgi(cls):
        def app(scope, receive, send):
            raise AssertionError("Only the class of a line is used.")

        app.consumer_class = cls
        return app


class Room(Socket):
    pass


class Nowhere(Socket):
    pass


LINES = [path("ws/room/<int:room_id>/", Room.as_asgi())]


async def led_to(address, origin=b"http://testserver", **more):
    Socket.reached.clear()
    said = []

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        said.append(message)

    headers = [(b"host", b"testserver"), (b"origin", origin)]
    scope = {"type": "websocket", "scheme": "ws", "path": address, "headers": headers, "client": None, **more}
    await Door(LINES, Nowhere, lambda scope: "a key")(scope, receive, send)
    return [*said, *Socket.reached]


async def test_an_address_leads_to_its_socket():
    assert await led_to("/ws/room/7/") == [(Room, {"room_id": 7}, "a key")]
    assert await led_to("/chat/ws/room/7/", root_path="/chat") == [(Room, {"room_id": 7}, "a key")]


@pytest.mark.parametrize(
    "address", ["/", "/ws/room/7", "/ws/room/x/", "/ws/room/7/x", f"/ws/room/{'9' * 5000}/"]
)
async def test_any_other_leads_nowhere(address):
    assert await led_to(address) == [(Nowhere, None, "a key")]


async def test_another_origin_is_refused_whatever_it_asks_for():
    for address in ("/ws/room/7/", "/"):
        said = await led_to(address, origin=b"http://evil.example")
        assert said == [{"type": "websocket.close", "code": 4403}]
