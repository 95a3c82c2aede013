"""Trouble is a line when it begins and a line when it is over, however many meet it."""

import logging

import pytest
from django.db import InterfaceError, OperationalError

from live.database.pool import Busy, Pool
from live.database.trouble import CALM, Trouble
from live.sockets import sessions
from live.tracks import poll

REFUSED = "connection refused\n\tIs the server running?"


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def trouble(clock):
    return Trouble("The database", logging.getLogger("live"), clock)


@pytest.fixture
def pool(trouble):
    pool = Pool("test", 1, patience=5.0, trouble=trouble)
    yield pool
    pool.close()


def fails(failure):
    raise failure


async def meets(pool, failure):
    with pytest.raises(type(failure)):
        await pool.run(fails, failure)


@pytest.mark.parametrize("kind", [OperationalError, InterfaceError])
async def test_many_meet_it_and_it_is_said_once(pool, caplog, kind):
    for _ in range(50):
        await meets(pool, kind(REFUSED))
    (line,) = caplog.records
    assert line.levelname == "WARNING" and line.exc_info is None
    assert line.message == "The database is in trouble: connection refused Is the server running?"


def test_a_long_reason_is_cut(trouble, caplog):
    trouble.met(OperationalError("x" * 10_000))
    assert len(caplog.records[0].message) < 300


async def test_its_end_is_said_once_too_and_a_new_one_anew(pool, clock, caplog):
    for _ in range(2):
        await meets(pool, OperationalError(REFUSED))
        clock.now += CALM
        for _ in range(3):
            await pool.run(lambda: None)
    said = [line.message.split(":")[0] for line in caplog.records]
    assert said == ["The database is in trouble", "The database answers again, for 30 s by now."] * 2


async def test_one_answer_among_failures_is_no_end(pool, clock, caplog):
    for _ in range(20):
        await meets(pool, OperationalError("disk full"))
        clock.now += CALM / 2
        await pool.run(lambda: None)
    assert len(caplog.records) == 1


def test_trouble_that_is_worse_than_a_busy_database_is_logged(trouble, caplog):
    for _ in range(3):
        trouble.met("it did not answer in time", "busy")
        trouble.met(OperationalError("connection refused"))
    assert [line.message for line in caplog.records] == [
        "The database is busy: it did not answer in time",
        "The database is in trouble: connection refused",
    ]


async def test_a_fault_of_ours_is_none(pool, caplog):
    await meets(pool, LookupError("a fault"))
    assert not caplog.records


class Over(BaseException):
    """So that what goes on for ever ends."""


def fails_thrice_with(failure):
    failures = [failure] * 3 + [Over()]

    async def look(*_):
        raise failures.pop(0)

    return look


class Hub:
    class hints:  # noqa: N801  as the hub has it
        live = True


WATCHES = {
    "poll": lambda monkeypatch, look: (monkeypatch.setattr(poll, "look", look), poll.poll_for_ever(Hub))[1],
    "sessions": lambda monkeypatch, look: (
        monkeypatch.setattr(sessions.SessionWatch, "_look", look),
        sessions.SessionWatch(Hub).watch_for_ever(),
    )[1],
}


@pytest.mark.parametrize("watch", WATCHES.values(), ids=WATCHES)
@pytest.mark.parametrize(
    ("failure", "lines"), [(OperationalError(REFUSED), 0), (Busy("b"), 0), (KeyError(), 3)]
)
async def test_who_looks_for_ever_leaves_that_to_the_pool(
    monkeypatch, settings, caplog, watch, failure, lines
):
    settings.LIVE = {**settings.LIVE, "poll": 0.001}
    monkeypatch.setattr(sessions, "EVERY", 0.001)
    with pytest.raises(Over):
        await watch(monkeypatch, fails_thrice_with(failure))
    assert len(caplog.records) == lines
