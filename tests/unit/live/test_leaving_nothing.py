"""A line that has closed is gone at once: nothing of it waits for Python's collector, which may be long in coming."""

import asyncio
import gc
import socket
import weakref
from functools import partial

import pytest
from uvicorn import Config
from uvicorn.server import ServerState

from live.arriving import door
from live.arriving.door import Door
from live.protocol import Protocol
from live.sockets.stream_consumer import StreamConsumer
from live.tracks.follower import Follower
from live.writers.outlet import Outlet


@pytest.fixture
def no_collector():
    gc.disable()
    yield
    gc.enable()


class Connection:
    """As a server holds one: it knows its scope, and `send` is its own."""

    def __init__(self):
        self.scope = {"type": "websocket", "path": "/", "headers": [], "subprotocols": []}

    async def send(self, message):
        pass


class Hub:
    def leave(self, follower):
        pass


def test_a_line_and_its_follower_end_together(no_collector):
    line = StreamConsumer()
    line.hub, line.user_id, line.outlet = Hub(), 1, Outlet(line._write_behind)
    line.follower = Follower("log:1", "v2", line)
    gone = weakref.ref(line)
    line.left(), line.outlet.end()
    del line
    assert gone() is None


async def test_a_connection_and_its_writer_end_together(no_collector, monkeypatch):
    monkeypatch.setattr(door, "is_welcome", lambda scope: True)
    given = []

    async def inner(scope, receive, send):
        given.append(type(scope["live.writer"]))

    connection = Connection()
    gone = weakref.ref(connection)
    await Door([], lambda: inner, lambda scope: None)(connection.scope, None, connection.send)
    del connection
    assert given and gone() is None


async def test_a_connection_of_uvicorn_ends_with_its_line(no_collector):
    async def application(scope, receive, send):
        await receive()

    config = Config(application, lifespan="off", log_config=None)
    config.load()
    ours, theirs = socket.socketpair()
    loop, made = asyncio.get_running_loop(), partial(Protocol, config, ServerState(), {})
    transport, protocol = await loop.connect_accepted_socket(made, ours)
    gone = weakref.ref(transport)
    del transport, protocol
    theirs.close()
    async with asyncio.timeout(5):
        while gone() is not None:
            await asyncio.sleep(0)
