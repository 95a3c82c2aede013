"""An introduction tells those who just came who is here. Those who come to the same people at once share its making."""

from ..sockets.packet import Packet
from ..streams import source_of


class Introductions:
    def __init__(self, hub):
        self._hub = hub
        self._waiting = {}  # {(stream, dialect): [followers]} while some are being introduced there

    def introduce(self, follower):
        """Who comes while others are being introduced waits for the next round: nobody is told of an earlier moment."""
        which = follower.key, follower.dialect
        if which in self._waiting:
            self._waiting[which].append(follower)
        else:
            self._waiting[which] = [follower]
            self._hub.do(self._introduce_all(which))

    async def _introduce_all(self, which):
        try:
            while followers := self._waiting[which]:
                self._waiting[which] = []
                await self._tell(followers, *which)
        finally:
            del self._waiting[which]

    async def _tell(self, followers, key, dialect):
        try:
            packet = await self._worded(key, dialect)
        except Exception as error:
            for follower in followers:
                follower.socket.give_up(error)
        else:
            for follower in followers if packet else ():
                follower.write(packet)

    async def _worded(self, key, dialect):
        source, id = source_of(key)
        whispers = self._hub.whispers.for_newcomers(key)
        frames = await self._hub.reading.run(_all_whispered, source, id, whispers, dialect)
        return Packet(frames) if frames else None


def _all_whispered(source, id, whispers, dialect):
    return [frame for whisper in whispers for frame in source.whispered(id, whisper, dialect)]
