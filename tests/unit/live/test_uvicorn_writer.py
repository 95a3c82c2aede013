"""Under uvicorn, what a crowd of readers lags behind is held once, and comes in its order when they read on."""

import asyncio
import socket
from functools import partial
from types import SimpleNamespace

import pytest
from uvicorn import Config
from uvicorn.server import ServerState

from live.packet import Packet
from live.protocol import Protocol
from live.writers.outlet import Outlet
from live.writers.uvicorn import LOOK, SHARED_ABOVE, UvicornWriter

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
def writer(transport):
    async def send(event):
        transport.write(event["type"].encode())

    return UvicornWriter(SimpleNamespace(transport=transport, close_sent=False), send)


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


@pytest.fixture
async def line():
    """(a connection of uvicorn over a real socket with little room, its outlet, the reader at its other end)"""
    config = Config(print, interface="asgi3", lifespan="off", log_config=None)
    config.load()
    ours, theirs = socket.socketpair()
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    made = partial(Protocol, config, ServerState(), {})
    transport, protocol = await asyncio.get_running_loop().connect_accepted_socket(made, ours)
    reader, other = await asyncio.open_connection(sock=theirs)
    writer = UvicornWriter(protocol, None)
    outlet = Outlet(writer.write)
    writer.lead(outlet)
    yield protocol, outlet, reader
    transport.abort()
    other.close()


async def test_what_a_socket_takes_never_waits_in_the_transport(line):
    protocol, outlet, reader = line
    protocol.transport.write = None
    outlet.write(small(1))
    assert await reader.readexactly(len(small(1).wire)) == small(1).wire


async def test_no_byte_overtakes_what_the_transport_holds(line):
    protocol, outlet, reader = line
    sent, pong = b"", b"\x8a\x00"
    for number in range(1_000):
        outlet.write(small(number))
        protocol.transport.write(pong)  # as the library answers a ping
        sent += small(number).wire + pong
    assert outlet.send is None
    assert await reader.readexactly(len(sent)) == sent
    assert outlet.send is not None
    outlet.write(small(1))
    assert await reader.readexactly(len(small(1).wire)) == small(1).wire


async def test_nor_what_is_kept_for_a_reader_who_lags(line):
    _, outlet, reader = line
    packets = [LARGE, LARGE, LARGE, *map(small, range(3))]
    for packet in packets:
        outlet.write(packet)
    sent = b"".join(packet.wire for packet in packets)
    held = await reader.readexactly(
        2 * len(LARGE.wire)
    )  # all that the transport held, and what is kept is next
    outlet.write(small(3))
    sent += small(3).wire
    assert held + await reader.readexactly(len(sent) - len(held)) == sent


async def test_nothing_leaves_by_a_connection_that_is_gone(line):
    protocol, outlet, _ = line
    protocol.transport.abort()
    await asyncio.sleep(0)
    assert outlet.send is None
