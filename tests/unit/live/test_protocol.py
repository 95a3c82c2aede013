"""Under uvicorn texts go to who listens as they are parsed, in their order; everything else keeps the library's way."""

import asyncio
from unittest.mock import Mock

import pytest
from uvicorn import Config
from uvicorn.server import ServerState
from websockets.client import ClientProtocol
from websockets.uri import parse_uri

from live.protocol import Protocol


class Wire:
    """A browser's end of a line, without a network."""

    def __init__(self, protocol):
        self.protocol, self.browser = protocol, ClientProtocol(parse_uri("ws://here/"))
        self.transport = Mock(**{"get_extra_info.return_value": None, "is_closing.return_value": False})
        self.transport.write = self.browser.receive_data
        protocol.connection_made(self.transport)
        self.browser.send_request(self.browser.connect())
        self.goes()

    def says(self, *parts):
        """One text, in so many frames."""
        for number, part in enumerate(parts):
            send = self.browser.send_continuation if number else self.browser.send_text
            send(part, fin=number == len(parts) - 1)

    def goes(self):
        self.protocol.data_received(b"".join(self.browser.data_to_send()))


@pytest.fixture
async def wire():
    accepted, over = asyncio.Event(), asyncio.Event()

    async def application(scope, receive, send):
        await receive()
        await send({"type": "websocket.accept"})
        accepted.set()
        await over.wait()

    config = Config(application, lifespan="off", log_config=None)
    config.load()
    protocol = Protocol(config, ServerState(), {})
    wire = Wire(protocol)
    await asyncio.wait_for(accepted.wait(), 5)
    yield wire
    protocol.stop_keepalive()
    over.set()
    await asyncio.gather(*protocol.tasks)


async def test_texts_are_heard_as_they_come(wire):
    heard = []
    wire.protocol.listen(heard.append)
    wire.says(b"one"), wire.says(b"tw", b"o"), wire.says("drei ü".encode())
    wire.goes()
    assert [event["text"] for event in heard] == ["one", "two", "drei ü"]
    assert wire.protocol.queue.empty() and not wire.transport.pause_reading.called


async def test_what_waits_in_the_queue_is_not_overtaken(wire):
    heard = []
    wire.says(b"early")
    wire.goes()
    wire.protocol.listen(heard.append)
    wire.says(b"late")
    wire.goes()
    assert heard == [] and wire.protocol.queue.qsize() == 2
    assert [(await wire.protocol.receive())["text"] for _ in range(2)] == ["early", "late"]
    wire.protocol.listen(heard.append)
    wire.says(b"last")
    wire.goes()
    assert [event["text"] for event in heard] == ["last"]


async def test_what_is_no_text_keeps_to_the_queue(wire):
    heard = []
    wire.protocol.listen(heard.append)
    wire.browser.send_binary(b"\x00")
    wire.goes()
    assert heard == [] and wire.protocol.queue.get_nowait()["bytes"] == b"\x00"


async def test_what_is_no_utf_8_closes_with_1007(wire):
    heard = []
    wire.protocol.listen(heard.append)
    wire.says(b"\xff")
    wire.goes()
    assert heard == [] and wire.browser.close_rcvd.code == 1007


async def test_nobody_listens_to_a_line_that_is_gone(wire):
    wire.protocol.listen(print)
    wire.protocol.connection_lost(None)
    assert wire.protocol.listener is None


async def test_no_text_comes_after_the_answer_to_a_close(wire):
    def answer(event):
        wire.transport.write(b"\x81\x00")

    said = []
    wire.protocol.listen(answer)
    wire.transport.write = said.append
    wire.browser.send_ping(b""), wire.says(b"and"), wire.browser.send_close(1000)
    wire.goes()
    assert b"".join(said) == b"\x81\x00" + b"\x8a\x00" + b"\x88\x02\x03\xe8"


def says_goodbye(wire):
    wire.browser.send_close(1000)
    wire.goes()


def breaks_a_rule(wire):
    wire.protocol.data_received(b"\xff\xff")


def is_shut_down(wire):
    wire.protocol.shutdown()


def does_not_answer(wire):
    wire.protocol.keepalive_timeout()


@pytest.mark.parametrize("ends", [says_goodbye, breaks_a_rule, is_shut_down, does_not_answer])
async def test_before_a_close_is_sent_the_way_out_is_shut(wire, ends):
    outlet, writer = [], Mock()
    wire.protocol.writer = writer
    writer.holds.side_effect = lambda: outlet.append(wire.browser.close_rcvd)
    ends(wire)
    assert outlet == [None] and wire.browser.close_rcvd is not None
    wire.protocol.resume_writing()
    assert not writer.drained.called
