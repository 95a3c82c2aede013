"""Sockets are let in a few at a time, in the order they came, and nobody waits without end."""

import asyncio

import pytest

from live.arrivals import AGAIN, Arrivals
from live.errors import Refused


@pytest.fixture
def door(settings):
    settings.LIVE = settings.LIVE | {
        "arrivals_at_once": 2,
        "arrivals_waiting": 3,
        "arrival_patience": 0.02,
    }
    return Arrivals


class Crowd:
    def __init__(self, arrivals):
        self.arrivals, self.inside, self.most, self.order = arrivals, 0, 0, []

    async def comes(self, number, until=None):
        async with self.arrivals.turn():
            self.inside += 1
            self.most = max(self.most, self.inside)
            self.order.append(number)
            await (until.wait() if until else asyncio.sleep(0))
            self.inside -= 1


def test_a_few_at_a_time_in_the_order_they_came(door):
    async def scene():
        crowd = Crowd(door())
        await asyncio.gather(*(crowd.comes(number) for number in range(5)))
        assert crowd.most == 2 and crowd.order == [0, 1, 2, 3, 4]

    asyncio.run(scene())


def test_who_waits_too_long_or_behind_too_many_is_asked_to_come_again(door):
    async def scene():
        crowd, leave = Crowd(door()), asyncio.Event()
        inside = [asyncio.ensure_future(crowd.comes(number, leave)) for number in range(2)]
        came = [crowd.comes(number) for number in range(2, 6)]
        told = await asyncio.gather(*came, return_exceptions=True)
        assert [one.code for one in told] == [AGAIN] * 4 and all(isinstance(one, Refused) for one in told)
        leave.set()
        await asyncio.gather(*inside, crowd.comes(6))  # nobody who gave up holds a place
        assert crowd.order == [0, 1, 6] and crowd.arrivals.waiting == 0

    asyncio.run(scene())


def test_a_failure_inside_gives_the_turn_back(door):
    async def scene():
        arrivals = door()
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                async with arrivals.turn():
                    raise ZeroDivisionError
        await Crowd(arrivals).comes(1)

    asyncio.run(scene())
