"""A plain bot listens in the plain dialect, as a page's console does, and comes back when cut off."""

import asyncio
import contextlib
import json

from .bot import LOST, note_heard
from .wire import PLAIN, dial

PAUSE = 0.5  # seconds before it comes back
SAID = {"chat_message", "new_comment"}


class PlainBot:
    def __init__(self, name, path, cookie, doors, diary):
        self.name, self.path, self.cookie, self.doors, self.diary = name, path, cookie, list(doors), diary
        self.online = asyncio.Event()
        self.life = asyncio.create_task(self._live())

    async def leaves(self):
        self.life.cancel()
        await asyncio.gather(self.life, return_exceptions=True)

    async def _live(self):
        for turn in range(1_000):
            with contextlib.suppress(*LOST):
                async with dial(
                    self.doors[turn % len(self.doors)], self.path, cookie=self.cookie, dialect=PLAIN
                ) as line:
                    self.diary.note(self.name, "listens", turn=turn)
                    self.online.set()
                    await self._listen(line)
            self.online.clear()
            await asyncio.sleep(PAUSE)

    async def _listen(self, line):
        async for text in line:
            frame = json.loads(text)
            if frame["type"] in SAID:
                note_heard(self.diary, self.name, self.path, frame)
