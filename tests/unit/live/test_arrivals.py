"""Sockets are let in some at a time, in the order they came, and nobody waits without end."""

import asyncio

import pytest
from django.db import DataError, OperationalError

from live.arriving.admission import admit_one
from live.arriving.arrivals import Arrivals
from live.sockets.close_codes import AGAIN
from live.sockets.errors import Refused


class Pool:
    """Notes how many doors each trip opens; a trip takes as long as `gate` is closed."""

    def __init__(self):
        self.trips, self.gate = [], asyncio.Event()
        self.gate.set()

    async def run(self, admit, doors):
        self.trips.append(len(doors))
        await self.gate.wait()
        return admit(doors)


def outcomes(doors):
    return [admit_one(Door(door)) for door in doors]


class Door:
    def __init__(self, door):
        self.admit = door


class Hub:
    def __init__(self):
        self.loop, self.reading = asyncio.get_running_loop(), Pool()

    def do(self, work):
        return self.loop.create_task(work)


@pytest.fixture
async def hub(settings):
    settings.LIVE = settings.LIVE | {"arrivals_at_once": 2, "arrivals_waiting": 3, "arrival_patience": 0.05}
    return Hub()


async def test_some_at_a_time_in_the_order_they_came(hub):
    arrivals, order = Arrivals(hub, outcomes), []
    await asyncio.gather(*(arrivals.open(lambda n=n: order.append(n)) for n in range(3)))
    assert order == [0, 1, 2] and hub.reading.trips == [2, 1]


async def test_who_comes_while_nobody_does_is_let_in_at_once(hub):
    assert await Arrivals(hub, outcomes).open(lambda: "in") == "in"


async def test_who_waits_too_long_or_behind_too_many_is_asked_to_come_again(hub):
    hub.reading.gate.clear()
    arrivals = Arrivals(hub, outcomes)
    first = asyncio.ensure_future(arrivals.open(lambda: "in"))
    await asyncio.sleep(0)
    came = [arrivals.open(lambda: "in") for _ in range(5)]
    told = await asyncio.gather(first, *came, return_exceptions=True)
    assert [one.code for one in told] == [AGAIN] * 6 and all(isinstance(one, Refused) for one in told)
    hub.reading.gate.set()
    assert await arrivals.open(lambda: "in") == "in"  # nobody who gave up holds a place
    assert arrivals.waiting == 0


class Clock:
    """A loop whose time passes when it is told to."""

    def __init__(self, loop):
        self.now, self.timers = 0.0, []
        self.create_future, self.create_task = loop.create_future, loop.create_task

    def time(self):
        return self.now

    def call_at(self, due, call):
        self.timers.append((due, call))
        return call

    def reaches(self, now):
        self.now, timers, self.timers = now, self.timers, []
        for due, call in timers:
            self.timers.append((due, call)) if due > now else call()


async def test_each_has_patience_from_when_they_came_and_too_many_are_told_at_once(hub):
    hub.loop = clock = Clock(hub.loop)
    hub.reading.gate.clear()
    arrivals, came = Arrivals(hub, outcomes), []
    for moment in (0.00, 0.01, 0.02, 0.03):
        clock.reaches(moment)
        came.append(asyncio.ensure_future(arrivals.open(lambda: "in")))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    with pytest.raises(Refused):
        async with asyncio.timeout(5):
            await arrivals.open(lambda: "in")
    for left, moment in ((4, 0.04), (3, 0.05), (2, 0.061), (1, 0.071), (0, 0.081)):
        clock.reaches(moment)
        await asyncio.sleep(0)
        assert [one.done() for one in came] == [True] * (4 - left) + [False] * left
    assert [one.exception().code for one in came] == [AGAIN] * 4 and not clock.timers


async def test_one_who_is_refused_takes_no_other_along(hub):
    def refuse():
        raise Refused(4403)

    told = await asyncio.gather(
        *(Arrivals(hub, outcomes).open(door) for door in (refuse, lambda: "in")), return_exceptions=True
    )
    assert told[0].code == 4403 and told[1] == "in"


def gone():
    raise OperationalError("gone")


@pytest.mark.parametrize("failure", [DataError("out of range"), LookupError("nobody"), StopIteration()])
async def test_a_question_that_fails_takes_no_other_along(hub, failure):
    def fail():
        raise failure

    arrivals = Arrivals(hub, outcomes)
    doors = fail, lambda: "in", lambda: "in"
    told = await asyncio.gather(*(arrivals.open(door) for door in doors), return_exceptions=True)
    assert isinstance(told[0], Exception) and told[1:] == ["in", "in"]
    assert hub.reading.trips == [2, 1]  # nobody had to go twice


async def test_who_makes_the_database_itself_fail_is_turned_away_alone(hub):
    arrivals = Arrivals(hub, outcomes)
    doors = gone, lambda: "in", lambda: "in"
    told = await asyncio.gather(*(arrivals.open(door) for door in doors), return_exceptions=True)
    assert isinstance(told[0], OperationalError) and told[1:] == ["in", "in"]
    assert hub.reading.trips == [2, 1, 1, 1]


async def test_a_database_that_fails_is_told_to_everybody_soon_and_the_next_are_let_in(hub, settings):
    settings.LIVE = settings.LIVE | {"arrivals_at_once": 32, "arrivals_waiting": 100}
    arrivals = Arrivals(hub, outcomes)
    told = await asyncio.gather(*(arrivals.open(gone) for _ in range(32)), return_exceptions=True)
    assert all(isinstance(one, OperationalError) for one in told)
    assert hub.reading.trips == [32, 1, 1]  # two who fail alone are enough to know
    assert await arrivals.open(lambda: "in") == "in"
