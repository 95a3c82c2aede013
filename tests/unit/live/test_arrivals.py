"""Sockets are let in some at a time, in the order they came, and nobody waits without end."""

import asyncio

import pytest
from django.db import OperationalError

from live.arrivals import AGAIN, Arrivals
from live.errors import Refused


class Pool:
    """Notes how many doors each trip opens; a trip takes as long as `gate` is closed."""

    def __init__(self):
        self.trips, self.gate = [], asyncio.Event()
        self.gate.set()

    async def run(self, outcomes_of, doors):
        self.trips.append(len(doors))
        await self.gate.wait()
        return outcomes_of(doors)


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
    arrivals, order = Arrivals(hub), []
    await asyncio.gather(*(arrivals.open(lambda n=n: order.append(n)) for n in range(3)))
    assert order == [0, 1, 2] and hub.reading.trips == [2, 1]


async def test_who_comes_while_nobody_does_is_let_in_at_once(hub):
    assert await Arrivals(hub).open(lambda: "in") == "in"


async def test_who_waits_too_long_or_behind_too_many_is_asked_to_come_again(hub):
    hub.reading.gate.clear()
    arrivals = Arrivals(hub)
    first = asyncio.ensure_future(arrivals.open(lambda: "in"))
    await asyncio.sleep(0)
    came = [arrivals.open(lambda: "in") for _ in range(5)]
    told = await asyncio.gather(first, *came, return_exceptions=True)
    assert [one.code for one in told] == [AGAIN] * 6 and all(isinstance(one, Refused) for one in told)
    hub.reading.gate.set()
    assert await arrivals.open(lambda: "in") == "in"  # nobody who gave up holds a place
    assert arrivals.waiting == 0


async def test_one_who_is_refused_takes_no_other_along(hub):
    def refuse():
        raise Refused(4403)

    told = await asyncio.gather(
        *(Arrivals(hub).open(door) for door in (refuse, lambda: "in")), return_exceptions=True
    )
    assert told[0].code == 4403 and told[1] == "in"


async def test_a_database_that_fails_is_told_to_everybody_and_the_next_are_let_in(hub):
    def fail():
        raise OperationalError("gone")

    arrivals = Arrivals(hub)
    told = await asyncio.gather(arrivals.open(fail), arrivals.open(lambda: "in"), return_exceptions=True)
    assert all(isinstance(one, OperationalError) for one in told)
    assert await arrivals.open(lambda: "in") == "in"
