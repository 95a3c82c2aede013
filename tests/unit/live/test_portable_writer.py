"""Under a server we know nothing of, texts go one after the other, and a close behind them."""

import asyncio
import json

import pytest

from live.sockets.close_codes import TOO_SLOW
from live.sockets.packet import Packet
from live.writers import writer_for
from live.writers.portable import PortableWriter


class Server:
    """Takes a text when the reader `reads`, a close at once; `is_gone` once it has lost the connection."""

    def __init__(self):
        self.taken, self.reads, self.is_gone = [], asyncio.Event(), False
        self._is_taking = False
        self.reads.set()

    async def send(self, event):
        kind = event["type"].removeprefix("websocket.")
        if kind == "send":
            await self._one_at_a_time()
        if self.is_gone:
            raise OSError("the connection is gone")
        self.taken.append(json.loads(event["text"]) if kind == "send" else (kind, event["code"]))

    async def _one_at_a_time(self):
        assert not self._is_taking
        self._is_taking = True
        await self.reads.wait()
        self._is_taking = False

    async def has_taken(self, *events):
        async with asyncio.timeout(5):
            while len(self.taken) < len(events):
                await asyncio.sleep(0)
        assert self.taken == list(events)


@pytest.fixture
async def server():
    return Server()


@pytest.fixture
def writer(server):
    return writer_for(server.send)


def said(*numbers):
    return Packet([{"number": number} for number in numbers])


def frames(*numbers):
    return [{"number": number} for number in numbers]


async def settles():
    for _ in range(10):
        await asyncio.sleep(0)


async def test_it_is_the_writer_of_unknown_servers(writer):
    assert type(writer) is PortableWriter


async def test_what_is_written_comes_in_its_order(server, writer):
    for packet in (said(1, 2), said(3)):
        assert writer.write(packet)
    await server.has_taken(*frames(1, 2, 3))
    writer.write(said(4))
    await server.has_taken(*frames(1, 2, 3, 4))


async def test_what_waits_counts_until_it_is_taken(server, writer):
    server.reads.clear()
    writer.write(said(1)), writer.write(said(2))
    await settles()
    assert writer.unsent == sum(len(text) for number in (1, 2) for text in said(number).texts)
    server.reads.set()
    await server.has_taken(*frames(1, 2))
    await settles()
    assert writer.unsent == 0


async def test_a_close_comes_behind_what_waits(server, writer):
    server.reads.clear()
    writer.write(said(1, 2)), writer.close(4403)
    await settles()
    assert server.taken == []
    server.reads.set()
    await server.has_taken(*frames(1, 2), ("close", 4403))


async def test_who_is_too_slow_is_closed_before_what_waits(server, writer):
    server.reads.clear()
    writer.write(said(1, 2)), writer.close(TOO_SLOW)
    await settles()
    assert server.taken == [("close", TOO_SLOW)]


async def test_a_close_with_nothing_before_it(server, writer):
    writer.close(1012)
    await server.has_taken(("close", 1012))


async def test_who_is_refused_hears_why(server, writer):
    await writer.refuse(4401)
    assert server.taken == [("close", 4401)]


async def test_nothing_is_kept_for_a_connection_that_is_gone(server, writer):
    server.is_gone = True
    writer.write(said(1, 2))
    await settles()
    server.is_gone = False
    writer.write(said(3))
    await server.has_taken(*frames(3))
