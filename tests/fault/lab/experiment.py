"""An experiment: bots talk in several places while something breaks, then the checker judges."""

import asyncio
import contextlib
import itertools
import os
import random
import time

from .bot import Bot
from .checker import judge
from .diary import Diary
from .plain_bot import PlainBot
from .shelf import Shelf

FULL = os.environ.get("PRIZMAI_FAULTS") == "full"  # the figures of a release, not of every change
SEED = int(os.environ.get("PRIZMAI_SEED", "20"))
PILOTS = 4
REACTIONS = 0.2  # of somebody to what was said last, for each message
SYNCED = 5.0  # seconds after the end of any fault in which everybody has everything


def rounds(slice, full):
    """How often: a slice on every change, all of it before a release."""
    return full if FULL else slice


def flawless(verdict, said):
    """Nothing lost, doubled, reordered, unseen ..., and nothing left in any outbox, of at least so many messages."""
    assert verdict.said >= said, verdict
    assert not verdict.faults and not verdict.waiting, f"{verdict.faults}, {verdict.waiting} waiting"
    return verdict


class Experiment:
    def __init__(self, house, scene, rooms=2, tasks=1):
        self.house, self.scene = house, scene
        self.places = [scene.room() for _ in range(rooms)] + [scene.task() for _ in range(tasks)]
        self.diary = Diary(house.folder / f"diary-{time.monotonic_ns()}.jsonl")
        self.shelf = Shelf(house.database_url)
        self.bots, self.plain, self._cookies = [], [], {}
        self._random, self._count, self._numbers = random.Random(SEED), 0, itertools.count(1)
        print(f"seed {SEED}, diary {self.diary.path}")

    async def __aenter__(self):
        return self

    async def __aexit__(self, *failure):
        await asyncio.gather(*(bot.leaves() for bot in [*self.bots, *self.plain]))
        self.diary.close()

    async def gathers(self, doors, *, each=2, plain=1, **manners):
        """For every place `each` careful bots at every door, and `plain` listeners."""
        for place in self.places:
            for door in doors:
                for _ in range(each):
                    self.bots.append(self.bot(place, [door], **manners))
            for number in range(plain):
                self.plain.append(self._listener(place, [doors[number % len(doors)]]))
        await asyncio.gather(*(bot.is_online(15) for bot in self.bots))
        for listener in self.plain:
            await asyncio.wait_for(listener.online.wait(), 15)
        return self.bots

    async def talks(self, seconds, rate=20):
        """Whoever it is posts, at this rate, wherever they are."""
        until, pause = time.monotonic() + seconds, 1 / rate
        while time.monotonic() < until:
            await self.says_something(self._random.choice(self.bots))
            if self._random.random() < REACTIONS:
                await self._random.choice(self.bots).reacts()
            await asyncio.sleep(pause * 2 * self._random.random())

    async def says_something(self, bot):
        return await self.says(bot, "")

    async def says(self, bot, more):
        """Something that nobody else says, and so much more."""
        self._count += 1
        return await bot.posts(f"{bot.name} says {self._count}{more}")

    @contextlib.asynccontextmanager
    async def talking(self, rate=20):
        """Talk goes on while the body breaks things, however long that takes."""
        talk = asyncio.create_task(self.talks(float("inf"), rate))
        try:
            yield
        finally:
            talk.cancel()
            await asyncio.gather(talk, return_exceptions=True)

    async def settles(self, within):
        """Until everybody has everything, or the time is over; then the verdict on what was written down until then."""
        deadline, verdict, looked_at = time.monotonic() + within, None, 0.0
        while verdict is None or (looked_at < deadline and not self._is_calm(verdict)):
            await asyncio.sleep(0.1)
            looked_at = time.monotonic()
            verdict = await asyncio.to_thread(self.verdict)
        print(verdict)
        verdict.waiting = sum(len(bot.outbox) for bot in self.bots)
        return verdict

    def verdict(self):
        entries = self.diary.entries()
        shelves = {}
        for place in self.places:
            seqs = self.shelf.seqs(place.conversation_id)
            shelves[place.path] = (self.shelf.kept(place.conversation_id), seqs)
        return judge(entries, shelves)

    def _is_calm(self, verdict):
        return not verdict.unseen and not any(bot.outbox for bot in self.bots)

    def bot(self, place, doors, cookie=None, **manners):
        number = next(self._numbers)
        cookie = cookie or self.cookie(number)
        return Bot(f"bot{number}", place.path, cookie, doors, self.diary, seed=SEED, **manners)

    def _listener(self, place, doors):
        number = len(self.plain) + 1
        return PlainBot(f"listener{number}", place.path, self.cookie(number), doors, self.diary)

    def cookie(self, number):
        """The session of one of a few pilots, on the board like everybody."""
        pilot = f"pilot{number % PILOTS}"
        if pilot not in self.scene.ids:
            self.scene.newcomer(pilot, None)
        if pilot not in self._cookies:
            self._cookies[pilot] = self.scene.stage.ask("sign_in", user_id=self.scene.ids[pilot])
        return self._cookies[pilot]
