"""The line's threads: one that waits for a database which has gone silent is freed, and the caller told before."""

import asyncio
import socket
import threading
from functools import partial

import pytest

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
    call, ended = Call(False, silent.waits, (), {}), []
    thread = threading.Thread(target=lambda: ended.append(call()))
    thread.start()
    while call._connection is None:
        pass
    call.cut_off()
    thread.join(5)
    assert ended == [b""]


def test_a_call_that_is_over_is_left_alone(silent):
    call = Call(False, lambda: "done", (), {})
    assert call() == "done"
    call.cut_off()
    silent.far_end.send(b"still open")
    assert silent.connection.recv(10) == b"still open"
