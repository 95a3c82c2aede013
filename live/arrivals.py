"""Arrivals are the sockets that are being opened: a few at a time and in the order they came.

When everybody comes back at once, those who are connected already are served in between. Who cannot have a turn in time
is asked to come again, and comes back later by as much as their client's chance will have it.
"""

import asyncio
from contextlib import asynccontextmanager

from django.conf import settings

from .errors import Refused
from .failpoints import is_off

AGAIN = 1013


class Arrivals:
    def __init__(self):
        self._turns = asyncio.Semaphore(settings.LIVE["arrivals_at_once"])
        self.waiting = 0

    @asynccontextmanager
    async def turn(self):
        """Raises Refused when too many wait, or one has waited too long."""
        if is_off("arrivals.turn"):
            yield
            return
        await self._wait()
        try:
            yield
        finally:
            self._turns.release()

    async def _wait(self):
        if self.waiting >= settings.LIVE["arrivals_waiting"]:
            raise Refused(AGAIN)
        self.waiting += 1
        try:
            async with asyncio.timeout(settings.LIVE["arrival_patience"]):
                await self._turns.acquire()
        except TimeoutError as error:
            raise Refused(AGAIN) from error
        finally:
            self.waiting -= 1
