"""A diary is what a process writes of itself now and then: its state, and how long changes took in each minute.

It is written by the function that settings.LIVE["diary"] names, so that all processes can be read in one place, without
Redis. What could not be written is written with the next entry.
"""

import asyncio
import logging
import random
import time
from collections import Counter

from django.conf import settings
from django.utils.module_loading import import_string

from .state import state_of

log = logging.getLogger("live")

FIRST = 2.0  # seconds after the start
EVERY = 15.0


class Diary:
    def __init__(self, hub, clock=time.time):
        self._hub, self._clock = hub, clock
        self._keep = import_string(settings.LIVE["diary"])
        self._counted = Counter()  # {at most so many seconds: changes}, as far as they are in `minutes`
        self.minutes = {}  # {start of the minute: the same of it}, of those that are not both over and written

    async def write_for_ever(self):
        await asyncio.sleep(FIRST)
        while True:
            try:
                await self.write()
            except Exception as error:  # the database is away: whoever needs it more says so
                log.debug("the diary was not written: %r", error)
            await asyncio.sleep(EVERY * random.uniform(0.9, 1.1))

    async def write(self):
        self._count()
        state = state_of(self._hub)
        await self._hub.writing.run(self._keep, state, {at: dict(one) for at, one in self.minutes.items()})
        self._turn_over()

    def _count(self):
        counts = Counter()
        for histogram in self._hub.delivery.delays.roads.values():
            counts.update(histogram.counts())
        if new := counts - self._counted:
            self.minutes.setdefault(self._minute(), Counter()).update(new)
            self._counted = counts

    def _turn_over(self):
        self.minutes = {at: one for at, one in self.minutes.items() if at >= self._minute()}

    def _minute(self):
        return int(self._clock() // 60 * 60)
