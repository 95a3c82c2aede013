"""The line's threads: one that waits for a database which has gone silent is freed, and the caller told before."""

import asyncio
import socket
import threading
from functools import partial
from types import SimpleNamespace
from unittest.mock import MagicMock, Mock, call

import pytest
from django.db import OperationalError

from live.database import pool
from live.database.pool import Busy, Call, Pool


class Silent:
    """A connection over which nothing comes any more."""

    vendor = "postgresql"

    def __init__(self):
        self.connection, self.far_end = socket.socketpair()

    def waits(self):
        return self.connection.recv(1)


@pytest.fixture
def silent(monkeypatch):
    silent = Silent()
    monkeypatch.setattr(pool, "connections", {"default": silent})
    yield silent
    silent.connection.close(), silent.far_end.close()


@pytest.fixture
def one_thread(monkeypatch):
    monkeypatch.setattr(pool, "UNANSWERED", 0.01)
    one_thread = Pool("test", 1, patience=0.2)
    yield one_thread
    one_thread.close()


@pytest.mark.parametrize("way", [Pool.run, partial(Pool.run_in_turn, key="a room")])
async def test_who_waits_too_long_is_told(silent, one_thread, way):
    with pytest.raises(Busy):
        await way(one_thread, function=silent.waits)
    assert await one_thread.run(lambda: "free again") == "free again"


async def test_who_loses_patience_otherwise_frees_the_thread_too(silent, one_thread):
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await one_thread.run(silent.waits)
    assert await one_thread.run(lambda: "free again") == "free again"


def test_a_call_that_is_cut_off_ends(silent):
    waiting, ended = Call(False, silent.waits, (), {}), []
    thread = threading.Thread(target=lambda: ended.append(waiting()))
    thread.start()
    while waiting._connection is None:
        pass
    waiting.cut_off()
    thread.join(5)
    assert ended == [b""]


def test_a_call_that_is_over_is_left_alone(silent):
    over = Call(False, lambda: "done", (), {})
    assert over() == "done"
    over.cut_off()
    silent.far_end.send(b"still open")
    assert silent.connection.recv(10) == b"still open"


def test_a_connection_to_no_server_is_left_alone(silent):
    silent.vendor = "sqlite"
    interrupted = Call(False, silent.waits, (), {})
    interrupted._connection = silent
    interrupted.cut_off()
    silent.far_end.send(b"still open")
    assert silent.connection.recv(10) == b"still open"


# -- how many at once ------------------------------------------------------------------------------------------------


async def test_who_comes_when_too_much_waits_is_turned_away_at_once():
    trouble, gate = Mock(), threading.Event()
    full = Pool("test", 1, queue=2, trouble=trouble)
    calls = [asyncio.ensure_future(full.run(gate.wait)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(Busy, match="too much"):
        await full.run(gate.wait)
    assert full.waiting == 2 and trouble.mock_calls == [call.met("too much is waiting for it", "busy")]
    gate.set()
    await asyncio.gather(*calls)
    assert await full.run(lambda: "room again") == "room again"
    assert full.waiting == 0
    full.close()


async def test_those_of_one_key_take_turns_and_others_do_not_wait_for_them():
    two, gate, under_way = Pool("test", 2), threading.Event(), []

    def waits(name):
        under_way.append(name)
        return gate.wait(5) and name

    async def are_under_way(*names):
        async with asyncio.timeout(5):
            while len(under_way) < len(names):
                await asyncio.sleep(0)
        assert under_way == list(names)

    calls = [asyncio.ensure_future(two.run_in_turn("a room", waits, name)) for name in ("first", "second")]
    await are_under_way("first")
    calls.append(asyncio.ensure_future(two.run_in_turn("another", waits, "elsewhere")))
    await are_under_way("first", "elsewhere")
    gate.set()
    assert await asyncio.gather(*calls) == ["first", "second", "elsewhere"]
    assert two._turns == {}
    two.close()


# -- connections that broke ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("twice", "is_broken", "in_transaction", "times"),
    [
        (True, True, False, 2),
        (False, True, False, 1),  # it may have been written
        (True, False, False, 1),  # the fault was not the connection's
        (True, True, True, 1),  # what came before in the transaction would be missing
    ],
)
def test_only_reading_on_a_connection_that_broke_is_done_again(
    monkeypatch, twice, is_broken, in_transaction, times
):
    done = []

    def looks():
        if is_broken:
            connection.connection = None

    def fails():
        done.append("once")
        raise OperationalError("no answer")

    connection = SimpleNamespace(
        connection="open", in_atomic_block=in_transaction, close_if_unusable_or_obsolete=looks
    )
    every = MagicMock(all=lambda **_: [connection], __getitem__=lambda *_: connection)
    monkeypatch.setattr(pool, "connections", every)
    with pytest.raises(OperationalError):
        Call(twice, fails, (), {})()
    assert len(done) == times
