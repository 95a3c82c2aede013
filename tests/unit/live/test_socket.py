"""A socket that goes wrong is closed, so that its client comes back for what it missed; and it concerns nobody else."""

import asyncio
import json
from unittest.mock import Mock, call

import pytest
from django.core.exceptions import ValidationError

from live.limits import Bucket
from live.sockets.close_codes import FAULT, FORBIDDEN, TOO_SLOW
from live.sockets.errors import Malformed
from live.sockets.packet import Packet
from live.sockets.socket import MOST_QUEUED, LiveSocket, parsed
from live.writers.outlet import Outlet, write_to

HELLO = Packet([{"text": "hello"}])


@pytest.fixture
def socket():
    socket = LiveSocket()
    socket.closed, socket.user_id, socket.hub, socket.writer = False, 1, Mock(), Mock()
    socket.outlet = Outlet(socket._write_behind)
    return socket


def test_who_cannot_be_written_to_is_closed_and_the_others_are_told(socket, caplog):
    heard = []
    socket.writer.write.side_effect = RuntimeError("no descriptor to watch")
    write_to([socket.outlet, Outlet(heard.append)], HELLO)
    socket.writer.close.assert_called_once_with(FAULT)
    assert len(heard) == 1 and socket.closed and "no descriptor to watch" in caplog.text


def test_who_cannot_leave_in_order_is_closed_all_the_same(socket):
    socket.left = Mock(side_effect=RuntimeError("its stream is gone"))
    with pytest.raises(RuntimeError):
        socket.close(FORBIDDEN)
    socket.writer.close.assert_called_once_with(FORBIDDEN)


def test_s94_a_bug_in_what_hears_a_frame_closes_this_line_with_1011_and_leaves_nothing_behind(socket, caplog):
    socket._frames, socket._queue, socket._worker = Bucket(30, 60), (), None
    socket.hear_at_once, socket.left = Mock(side_effect=ZeroDivisionError("a bug")), Mock()
    for _ in range(2):
        socket._take({"text": '{"type": "chat_message", "message": "a secret"}'})
    socket.hear_at_once.assert_called_once()
    socket.writer.close.assert_called_once_with(1011)
    socket.hub.closed.assert_called_once_with(socket)
    socket.left.assert_called_once_with()
    assert "a bug" in caplog.text and "a secret" not in caplog.text


def test_who_is_closed_leaves_once_and_is_told_nothing_more(socket):
    socket.left = Mock()
    socket.close(FORBIDDEN), socket.close(FAULT), socket._end()
    socket.write(HELLO)
    socket.left.assert_called_once_with()
    socket.hub.closed.assert_called_once_with(socket)
    socket.writer.close.assert_called_once_with(FORBIDDEN)
    socket.writer.write.assert_not_called()


@pytest.mark.parametrize("too_much", [0, 1])
def test_who_reads_slowly_is_closed_once_too_much_waits(socket, settings, too_much):
    socket.writer.write.return_value = True  # something is left to be sent
    socket.writer.unsent = settings.LIVE["unsent_limit"] + too_much
    socket.write(HELLO)
    assert socket.writer.close.mock_calls == [call(TOO_SLOW)] * too_much


@pytest.mark.parametrize("letter", ["x", "ü", "語", "🛩"])
def test_a_frame_is_measured_in_bytes(settings, letter):
    around, size = '{"type":""}', len(letter.encode())
    most = (settings.LIVE["frame_limit"] - len(around)) // size
    assert parsed({"text": f'{{"type":"{letter * most}"}}'})
    with pytest.raises(Malformed):
        parsed({"text": f'{{"type":"{letter * (most + 1)}"}}'})


# -- what it hears ---------------------------------------------------------------------------------------------------


@pytest.fixture
def ear(socket):
    """It hears a post at once, and an edit when `gate` opens; it knows nothing else."""

    def hear_at_once(frame):
        if is_at_once := frame["type"] == "post":
            socket.heard.append(frame["number"])
        return is_at_once

    async def hear(frame):
        await socket.gate.wait()
        if frame["type"] != "edit":
            raise ValidationError("No.")
        socket.heard.append(frame["number"])

    socket.hear_at_once, socket.hear, socket.hub.do = hear_at_once, hear, asyncio.ensure_future
    socket.gate, socket.heard, socket.said = asyncio.Event(), [], []
    socket._frames, socket._queue, socket._worker = Mock(take=lambda: 0), (), None
    socket.plain, socket.language, socket._noted = False, "en", {"rate_limited"}
    socket.writer.write = lambda packet: socket.said.extend(map(json.loads, packet.texts))
    return socket


def says(ear, *types):
    for number, type in enumerate(types, 1):
        ear._take({"text": json.dumps({"type": type, "number": number, "client_id": f"its {number}"})})


async def all_heard(ear):
    ear.gate.set()
    async with asyncio.timeout(5):
        while ear._worker:
            await asyncio.sleep(0)
    return ear.heard


async def test_nothing_overtakes_what_is_not_done_yet(ear):
    says(ear, "post", "edit", "post", "edit", "post")
    await asyncio.sleep(0)
    assert ear.heard == [1]
    assert await all_heard(ear) == [1, 2, 3, 4, 5]
    says(ear, "post")
    assert ear.heard[5:] == [1]


async def test_a_ping_is_answered_meanwhile(ear):
    says(ear, "edit", "ping")
    assert ear.said == [{"type": "pong"}] and ear.heard == []
    await all_heard(ear)


async def test_who_asks_for_what_cannot_be_hears_so_and_the_next_is_heard(ear):
    says(ear, "bad", "edit")
    assert await all_heard(ear) == [2]
    assert [(error["type"], error["client_id"]) for error in ear.said] == [("error", "its 1")]


async def test_what_was_sent_by_somebody_who_then_left_is_heard(ear):
    says(ear, "edit", "post", "edit")
    await asyncio.sleep(0)
    ear._end()
    assert await all_heard(ear) == [1, 2, 3]


async def test_who_is_closed_is_not_heard_any_more(ear):
    says(ear, "edit", "post")
    await asyncio.sleep(0)
    ear.close(FAULT)
    says(ear, "post")
    assert await all_heard(ear) == [1]  # which was under way


async def test_who_asks_for_more_than_can_wait_is_told_of_what_was_not_heard(ear):
    says(ear, *["edit"] * (MOST_QUEUED + 1))
    (error,) = ear.said
    assert (error["code"], error["temporary"], error["client_id"]) == (
        "rate_limited",
        True,
        f"its {MOST_QUEUED + 1}",
    )
    assert await all_heard(ear) == list(range(1, MOST_QUEUED + 1))
