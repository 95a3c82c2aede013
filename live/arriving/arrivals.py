"""Arrivals are the sockets that are being opened: some at a time, in the order they came, in one trip to the database.

When everybody comes back at once, those who are connected already are served in between: after each trip comes a pause
that is the longer the busier the process is. Who cannot have a turn in time is asked to come again.
"""

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from ..database.pool import AWAY, Busy
from ..failpoints import is_off
from ..sockets.close_codes import AGAIN
from ..sockets.errors import Refused

PAUSE = 0.25  # of the time the last trip took


@dataclass(slots=True, eq=False)
class Arrival:
    """`due` is when its patience ends."""

    socket: Any
    due: float
    opened: asyncio.Future

    def tell(self, outcome):
        if not self.opened.done():
            self.opened.set_result(outcome)


class Arrivals:
    """`admit` is called in a thread with a list of sockets, and says for each what comes of it: maybe an exception."""

    def __init__(self, hub, admit):
        self._hub, self._admit = hub, admit
        self._waiting = deque()
        self._under_way = []  # those whom the trip that is being made is for
        self._is_opening = False
        self._timer = None  # at which the first of all these loses patience

    @property
    def waiting(self):
        return len(self._waiting)

    async def open(self, socket):
        """What came of it. Raises Refused when too many wait, or one too long."""
        if is_off("arrivals.turn"):
            return _taken((await self._hub.reading.run(self._admit, [socket]))[0])
        if len(self._waiting) >= settings.LIVE["arrivals_waiting"]:
            raise Refused(AGAIN)
        due = self._hub.loop.time() + settings.LIVE["arrival_patience"]
        arrival = Arrival(socket, due, self._hub.loop.create_future())
        self._waiting.append(arrival)
        if not self._is_opening:
            self._is_opening = True
            self._hub.do(self._open_all())
        if self._timer is None:
            self._timer = self._hub.loop.call_at(due, self._lose_patience)
        return _taken(await arrival.opened)

    def _lose_patience(self):
        """They came in order: of those who still wait, the first is the next to go."""
        now = self._hub.loop.time()
        late = [arrival for arrival in self._under_way if arrival.due <= now]
        while self._waiting and self._waiting[0].due <= now:
            late.append(self._waiting.popleft())
        for arrival in late:
            arrival.tell(Refused(AGAIN))
        left = [arrival.due for arrival in (*self._under_way, *self._waiting) if not arrival.opened.done()]
        self._timer = self._hub.loop.call_at(min(left), self._lose_patience) if left else None

    async def _open_all(self):
        try:
            while self._next():
                began = self._hub.loop.time()
                await self._open_together(self._under_way)
                if self._waiting:
                    await asyncio.sleep(PAUSE * (self._hub.loop.time() - began))
        finally:
            self._is_opening = False

    def _next(self):
        """The next who are still there; some may have given up."""
        self._under_way = batch = []
        while self._waiting and len(batch) < settings.LIVE["arrivals_at_once"]:
            arrival = self._waiting.popleft()
            if not arrival.opened.done():
                batch.append(arrival)
        return batch

    async def _open_together(self, batch):
        """What fails for all of them is asked for each alone: it may be one's own question that it fails at."""
        outcomes = await self._outcomes(batch)
        if isinstance(outcomes, Exception) and len(batch) > 1:
            await self._open_each(batch)
        else:
            _tell(batch, outcomes)

    async def _open_each(self, batch):
        failed = 0
        for number, one in enumerate(batch):
            if one.opened.done():
                continue
            outcomes = await self._outcomes([one])
            failed += isinstance(outcomes, (Busy, *AWAY))
            if failed > 1:  # it was nobody's own: the database is not there
                return _tell(batch[number:], outcomes)
            _tell([one], outcomes)

    async def _outcomes(self, batch):
        """A list; or the exception that all of them met."""
        try:
            return await self._hub.reading.run(self._admit, [arrival.socket for arrival in batch])
        except Exception as error:
            return error


def _tell(batch, outcomes):
    if isinstance(outcomes, Exception):
        outcomes = [outcomes] * len(batch)
    for arrival, outcome in zip(batch, outcomes, strict=True):
        arrival.tell(outcome)


def _taken(outcome):
    if isinstance(outcome, Exception):
        raise outcome
    return outcome
