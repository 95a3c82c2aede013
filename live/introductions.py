"""An introduction tells somebody who just came who is here. Those who come to the same people share its making."""

import asyncio

from .packet import Packet
from .streams import source_of

KEPT = 1.0  # seconds in which nobody changes their name, or their mind about being shown


class Introductions:
    def __init__(self, hub):
        self._hub = hub
        self._made = {}  # {(stream, dialect): (whisper, the task that words it)}

    async def of(self, key, dialect):
        """A packet, or None."""
        whisper = self._hub.roster.introduction(key)
        told, wording = self._made.get((key, dialect), (None, None))
        if told != whisper:
            wording = self._hub.do(self._word(key, whisper, dialect))
            self._made[key, dialect] = whisper, wording
            self._hub.loop.call_later(KEPT, self._lapse, (key, dialect), wording)
        return await asyncio.shield(wording)

    async def _word(self, key, whisper, dialect):
        source, id = source_of(key)
        frames = await self._hub.reading.run(source.whispered, id, whisper, dialect)
        return Packet(frames) if frames else None

    def _lapse(self, which, wording):
        if self._made.get(which, (None, None))[1] is wording:
            del self._made[which]
