"""Arrivals are the sockets that are being opened: some at a time, in the order they came, in one trip to the database.

When everybody comes back at once, those who are connected already are served in between: after each trip comes a pause
that is the longer the busier the process is. Who cannot have a turn in time is asked to come again.
"""

import asyncio
from collections import deque

from django.conf import settings
from django.db import InterfaceError, OperationalError

from .errors import Refused
from .failpoints import is_off

AGAIN = 1013
PAUSE = 0.25  # of the time the last trip took


class Arrivals:
    def __init__(self, hub):
        self._hub = hub
        self._waiting = deque()  # (door, future)
        self._is_opening = False

    @property
    def waiting(self):
        return len(self._waiting)

    async def open(self, door):
        """Call `door`, which may ask the database, in a thread. Raises Refused when too many wait, or one too long."""
        if is_off("arrivals.turn"):
            return await self._hub.reading.run(door)
        if len(self._waiting) >= settings.LIVE["arrivals_waiting"]:
            raise Refused(AGAIN)
        entry = door, opened = door, self._hub.loop.create_future()
        self._waiting.append(entry)
        if not self._is_opening:
            self._is_opening = True
            self._hub.do(self._open_all())
        try:
            async with asyncio.timeout(settings.LIVE["arrival_patience"]):
                outcome = await opened
        except TimeoutError as error:
            if entry in self._waiting:  # who gives up holds no place
                self._waiting.remove(entry)
            raise Refused(AGAIN) from error
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def _open_all(self):
        try:
            while batch := self._next():
                began = self._hub.loop.time()
                await self._open_together(batch)
                if self._waiting:
                    await asyncio.sleep(PAUSE * (self._hub.loop.time() - began))
        finally:
            self._is_opening = False

    def _next(self):
        """The next who are still there; some may have given up."""
        batch = []
        while self._waiting and len(batch) < settings.LIVE["arrivals_at_once"]:
            door, opened = self._waiting.popleft()
            if not opened.done():
                batch.append((door, opened))
        return batch

    async def _open_together(self, batch):
        """When the database fails under them, each goes alone: it may be one's own question that it fails at."""
        outcomes = await self._outcomes(batch)
        if isinstance(outcomes, Exception) and len(batch) > 1:
            await self._open_each(batch)
        else:
            _tell(batch, outcomes)

    async def _open_each(self, batch):
        failed = 0
        for number, one in enumerate(batch):
            if one[1].done():
                continue
            outcomes = await self._outcomes([one])
            failed += isinstance(outcomes, Exception)
            if failed > 1:  # it was nobody's own: the database is not there
                return _tell(batch[number:], outcomes)
            _tell([one], outcomes)

    async def _outcomes(self, batch):
        """A list; or the exception that all of them met."""
        try:
            return await self._hub.reading.run(_outcomes_of, [door for door, _ in batch])
        except asyncio.CancelledError:
            raise
        except Exception as error:
            return error


def _tell(batch, outcomes):
    if isinstance(outcomes, Exception):
        outcomes = [outcomes] * len(batch)
    for (_, opened), outcome in zip(batch, outcomes, strict=True):
        if not opened.done():
            opened.set_result(outcome)


def _outcomes_of(doors):
    return [_outcome(door) for door in doors]


def _outcome(door):
    """A database in trouble is left to the pool, which tries again when it was only a broken connection."""
    try:
        return door()
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        return error
