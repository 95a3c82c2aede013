"""Arrivals are the sockets that are being opened: some at a time, in the order they came, in one trip to the database.

When everybody comes back at once, those who are connected already are served in between: after each trip comes a pause
that is the longer the busier the process is. Who cannot have a turn in time is asked to come again.
"""

import asyncio
from collections import deque

from django.conf import settings
from django.db import DatabaseError, InterfaceError

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
                return await opened
        except TimeoutError as error:
            if entry in self._waiting:  # who gives up holds no place
                self._waiting.remove(entry)
            raise Refused(AGAIN) from error

    async def _open_all(self):
        try:
            while batch := self._next():
                began = self._hub.loop.time()
                for (_, opened), outcome in zip(batch, await self._outcomes(batch), strict=True):
                    if not opened.done():
                        tell = opened.set_exception if isinstance(outcome, Exception) else opened.set_result
                        tell(outcome)
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

    async def _outcomes(self, batch):
        try:
            return await self._hub.reading.run(_outcomes_of, [door for door, _ in batch])
        except asyncio.CancelledError:
            raise
        except Exception as error:
            return [error] * len(batch)


def _outcomes_of(doors):
    return [_outcome(door) for door in doors]


def _outcome(door):
    """What a broken connection meets is left to the pool, which tries it again on another."""
    try:
        return door()
    except (DatabaseError, InterfaceError):
        raise
    except Exception as error:
        return error
