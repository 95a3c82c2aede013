"""A whisper tells the followers of a stream of what is in none of its revisions: who types, who is here, who read on.

It carries ids only, and goes to the other processes as news. What it means in words, the stream's source is asked when
it is said.
"""

from functools import partial

from ..hints import PROCESS_ID
from ..sockets.packet import Packet
from ..tracks.track import Track
from .passing import LASTS, Passing
from .retelling import Retelling
from .typing import TYPING, Typists


class Whispers:
    def __init__(self, hub):
        self._hub = hub
        self.typists = Typists(hub.loop, self)
        self.passing = {kind: Passing(hub.loop, self, kind) for kind in LASTS}
        self.retelling = Retelling(hub, self)

    def spread(self, key, whisper):
        """To the followers here, and in the other processes."""
        self.heard(key, whisper)
        self._hub.hints.send({"from": PROCESS_ID, "key": key, "whisper": whisper})

    def spread_all(self, whispers):
        """The same for several (key, whisper) that tell what is stored of a `user_id`: see retelling.py."""
        for key, whisper in whispers:
            self.spread(key, whisper)
            self.retelling.note(key, whisper["user_id"])

    def heard(self, key, whisper):
        """Typing and the like pass by themselves; anything else is stored, and its whisper has to arrive."""
        kind = whisper.get("kind")
        if kind == TYPING:
            self.typists.heard(key, whisper)
        elif kind in self.passing:
            self.passing[kind].heard(key, whisper)
        elif track := self._hub.tracks.get(key):
            if track.past is not None:
                track.past.forget()  # it holds what this whisper changes
            saying = self._hub.do(self._say(key, whisper, Track.pass_on))
            self.retelling.see_that_it_is_said(key, whisper["user_id"], saying)

    def for_newcomers(self, key):
        """The whispers that say who is here, and what they do."""
        passing = (whisper for kind in self.passing.values() for whisper in kind.standing(key))
        return [self._hub.roster.introduction(key), *passing]

    def say(self, key, whisper, shy=None):
        """To the followers here, except a `shy` person. Returns the task that does it; None if nobody follows here."""
        to = partial(Track.whisper, shy=shy)
        return self._hub.do(self._say(key, whisper, to)) if key in self._hub.tracks else None

    async def _say(self, key, whisper, to):
        track = self._hub.tracks.get(key)
        if track is None:
            return
        packets = {}
        for dialect in track.dialects():
            frames = await self._hub.reading.run(track.source.whispered, track.id, whisper, dialect)
            packets[dialect] = Packet(frames) if frames else None
        to(track, packets.get)
