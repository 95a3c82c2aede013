"""An open line keeps of its handshake what tells whose a violation is, and nothing that is a key."""

from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from live.arriving.handshake import forget_handshake


class Protocol:
    def __init__(self):
        headers = Headers({"Cookie": "sessionid=key"})
        self.request, self.response = (
            Request("/ws/inbox/", headers),
            Response(101, "Switching", Headers(a="b")),
        )

    async def send(self, message):
        pass


def test_headers_are_forgotten_wherever_the_server_keeps_them():
    headers = [(b"host", b"a"), (b"cookie", b"sessionid=key"), (b"origin", b"http://a")]
    scope, copy = {"headers": headers}, {"headers": headers}
    forget_handshake(scope, Protocol().send)
    assert scope["headers"] == copy["headers"] == headers == [(b"origin", b"http://a")]


def test_uvicorn_keeps_no_headers():
    protocol = Protocol()
    forget_handshake({"headers": []}, protocol.send)
    assert not protocol.request.headers and not protocol.response.headers
    assert protocol.request.path == "/ws/inbox/"


def test_of_other_servers_only_the_headers_are_known():
    headers = [(b"cookie", b"sessionid=key"), (b"x-forwarded-for", b"192.0.2.7")]
    forget_handshake({"headers": headers}, lambda message: None)
    assert headers == [(b"x-forwarded-for", b"192.0.2.7")]
