"""Under uvicorn, what a crowd of readers lags behind is held once, and comes in its order when they read on."""

import asyncio
import socket
from functools import partial
from types import SimpleNamespace

import pytest
from uvicorn import Config
from uvicorn.server import ServerState

from live.protocol import Protocol
from live.sockets.packet import Packet
from live.writers.outlet import Outlet
from live.writers.uvicorn import LOOK, SHARED_ABOVE, UvicornWriter, cut

LARGE = Packet([{"text": "x" * SHARED_ABOVE}])


class Transport:
    """Takes everything, and sends only what `reads` says."""

    def __init__(self):
        self.held, self.sent, self.aborted = [], [], False

    def get_extra_info(self, name):
        return None

    def write(self, wire):
        self.held.append(wire)

    def get_write_buffer_size(self):
        return sum(map(len, self.held))

    def is_closing(self):
        return self.aborted

    def abort(self):
        self.aborted = True

    def reads(self):
        self.sent += self.held
        self.held.clear()


@pytest.fixture
def transport():
    return Transport()


@pytest.fixture
def protocol(transport):
    return SimpleNamespace(transport=transport, close_sent=False, disconnected=False)


@pytest.fixture
def writer(transport, protocol):
    async def send(event):
        transport.write(event["type"].encode())

    return UvicornWriter(protocol, send)


def small(number):
    return Packet([{"number": number}])


async def test_what_comes_after_a_full_buffer_is_not_copied_into_it(writer, transport):
    writer.write(LARGE), writer.write(LARGE)
    assert transport.held == [LARGE.wire]
    assert writer.unsent == 2 * len(LARGE.wire)


async def test_it_comes_in_order_when_the_reader_reads(writer, transport):
    packets = [LARGE, *(small(number) for number in range(3))]
    for packet in packets:
        assert writer.write(packet)
    transport.reads()
    writer.write(small(3))  # not past those that wait
    await asyncio.sleep(2 * LOOK)
    transport.reads()
    assert transport.sent == [*(packet.wire for packet in packets), small(3).wire]
    assert writer.unsent == 0 and writer.write(small(4))
    assert transport.held == [small(4).wire]


async def test_no_frame_comes_after_a_close(writer, transport, protocol):
    assert writer.write(small(1))
    protocol.close_sent = True  # by the library, which answers theirs
    assert not writer.write(small(2))
    assert transport.held == [small(1).wire]


async def test_a_close_comes_after_what_waits(writer, transport):
    writer.write(LARGE), writer.write(small(1))
    transport.reads()
    writer.close(1012)
    await asyncio.sleep(0)
    assert transport.held == [small(1).wire, b"websocket.close"]


async def test_who_lags_too_far_is_cut_and_nothing_is_kept_for_them(writer, transport):
    writer.write(LARGE), writer.write(LARGE)
    writer.close(4510)
    await asyncio.sleep(0)
    assert transport.aborted and writer.unsent == len(LARGE.wire)


HANDSHAKE = b"""GET / HTTP/1.1\r
Host: here\r
Connection: Upgrade\r
Upgrade: websocket\r
Sec-WebSocket-Version: 13\r
Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
\r
"""
GOODBYE = b"\x88\x82\0\0\0\0\x03\xe8"


class Line:
    """A connection of uvicorn over a real socket with little room: its outlet, and the reader at its other end."""

    def __init__(self):
        self.accepted = asyncio.Event()
        config = Config(self, interface="asgi3", lifespan="off", log_config=None)
        config.load()
        self.made = partial(Protocol, config, ServerState(), {})

    async def opens(self):
        ours, theirs = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        loop = asyncio.get_running_loop()
        self.transport, self.protocol = await loop.connect_accepted_socket(self.made, ours)
        self.reader, self.browser = await asyncio.open_connection(sock=theirs)
        self.browser.write(HANDSHAKE)
        await self.reader.readuntil(b"\r\n\r\n")
        await self.accepted.wait()
        return self

    async def __call__(self, scope, receive, send):
        await receive()
        await send({"type": "websocket.accept"})
        self.writer = UvicornWriter(self.protocol, send)
        self.outlet = Outlet(self.writer.write)
        self.writer.lead(self.outlet)
        self.accepted.set()
        while (await receive())["type"] != "websocket.disconnect":
            pass

    async def is_over(self):
        async with asyncio.timeout(5):
            while not self.protocol.disconnected:
                await asyncio.sleep(0)

    def ends(self):
        cut(self.protocol)
        self.browser.close()


@pytest.fixture
async def line():
    line = await Line().opens()
    yield line
    line.ends()


async def test_what_a_socket_takes_never_waits_in_the_transport(line):
    line.transport.write = None
    line.outlet.write(small(1))
    assert await line.reader.readexactly(len(small(1).wire)) == small(1).wire


async def test_no_byte_overtakes_what_the_transport_holds(line):
    sent, pong = b"", b"\x8a\x00"
    for number in range(1_000):
        line.outlet.write(small(number))
        line.transport.write(pong)  # as the library answers a ping
        sent += small(number).wire + pong
    assert line.outlet.send is None
    assert await line.reader.readexactly(len(sent)) == sent
    assert line.outlet.send is not None
    line.outlet.write(small(1))
    assert await line.reader.readexactly(len(small(1).wire)) == small(1).wire


async def test_nothing_overtakes_what_is_kept_for_a_reader_who_lags(line):
    packets = [LARGE, LARGE, LARGE, *map(small, range(3))]
    for packet in packets:
        line.outlet.write(packet)
    sent = b"".join(packet.wire for packet in packets)
    # All that the transport held, and what is kept is next.
    held = await line.reader.readexactly(2 * len(LARGE.wire))
    line.outlet.write(small(3))
    sent += small(3).wire
    assert held + await line.reader.readexactly(len(sent) - len(held)) == sent


async def test_a_socket_that_takes_all_leaves_nothing_to_be_sent(line):
    assert line.writer.write(small(1)) is False and line.writer.unsent == 0
    line.reader._transport.pause_reading()
    assert line.writer.write(LARGE) is True and line.writer.unsent > 0


async def test_a_line_that_is_being_closed_is_not_opened_when_all_is_read(line):
    line.writer.holds()
    line.protocol.close_sent = True
    line.writer.drained()
    assert line.outlet.send is None


async def test_nothing_leaves_by_a_connection_that_is_gone(line):
    line.transport.abort()
    await asyncio.sleep(0)
    assert line.outlet.send is None


def we_close(line):
    line.outlet.end(), line.writer.close(4403)


def they_close(line):
    line.browser.write(GOODBYE)


def they_say_no_more(line):
    line.browser.write_eof()


def they_answer_nothing(line):
    line.protocol.keepalive_timeout()


def the_server_stops(line):
    line.protocol.shutdown()


@pytest.mark.parametrize(
    "end", [we_close, they_close, they_say_no_more, they_answer_nothing, the_server_stops]
)
async def test_who_reads_nothing_does_not_keep_a_connection_that_closes(line, monkeypatch, end):
    monkeypatch.setattr("live.writers.uvicorn.LAST", 0.1)
    line.reader._transport.pause_reading()
    line.outlet.write(Packet([{"text": "x" * 30_000}]))
    assert line.writer.unsent
    end(line)
    await line.is_over()


async def test_who_reads_what_is_left_ends_it_by_themselves(line, monkeypatch):
    monkeypatch.setattr("live.writers.uvicorn.LAST", 0.1)
    failed = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: failed.append(context))
    line.outlet.write(LARGE)
    they_close(line)
    assert (await line.reader.read()).endswith(b"\x88\x02\x03\xe8")
    await asyncio.sleep(0.2)
    assert line.protocol.disconnected and not failed


async def test_a_server_stops_while_a_close_waits_to_be_answered(line, monkeypatch):
    monkeypatch.setattr("live.writers.uvicorn.LAST", 0.1)
    line.reader._transport.pause_reading()
    line.outlet.write(Packet([{"text": "x" * 30_000}]))
    they_close(line)
    while not line.transport.is_closing():
        await asyncio.sleep(0)
    line.protocol.shutdown()
    await line.is_over()


async def test_what_is_kept_does_not_come_after_a_close(line, monkeypatch):
    monkeypatch.setattr("live.writers.uvicorn.LOOK", 5)
    for packet in (LARGE, LARGE, small(1)):
        line.outlet.write(packet)
    assert line.writer.unsent > line.transport.get_write_buffer_size() > SHARED_ABOVE
    they_close(line)
    while not line.transport.is_closing():
        await asyncio.sleep(0)
    while line.writer.unsent > SHARED_ABOVE:
        await asyncio.wait_for(line.reader.read(4096), 5)
    we_close(line)
    assert (await line.reader.read()).endswith(b"\x88\x02\x03\xe8")
