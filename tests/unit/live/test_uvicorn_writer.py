"""Under uvicorn, what a crowd of readers lags behind is held once, and comes in its order when they read on."""

import asyncio
from types import SimpleNamespace

import pytest

from live.packet import Packet
from live.writers.uvicorn import LOOK, SHARED_ABOVE, UvicornWriter

LARGE = Packet([{"text": "x" * SHARED_ABOVE}])


class Transport:
    """Takes everything, and sends only what `reads` says."""

    def __init__(self):
        self.held, self.sent, self.aborted = [], [], False

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

    return UvicornWriter(SimpleNamespace(transport=transport, close_sent=False, disconnected=False), send)


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
