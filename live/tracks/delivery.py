"""Delivery brings every track level with its stream: each revision once, in order, to whoever may still follow.

A change made in this process is handed over, one made elsewhere is hinted, and the poll finds what both have missed.
A change whose turn it is goes out at once; for anything else the stream is read.
"""

from ..failpoints import is_off
from ..metrics import Delays
from ..streams import unbroken
from .reading import PAGE, Reader

HOLD = 0.02  # seconds in which what another thread has committed is handed over, before the stream is read for it


class Delivery:
    def __init__(self, hub):
        self._hub, self._reader = hub, Reader(hub, self._take_in)
        self.delays = Delays(hub.loop)
        self.found_by_poll = 0  # times the poll knew of a change before anybody told
        self.looked_at = None  # when the poll last began to look

    def changed(self, key, revision, change=None, committed_at=None):
        """A stream has reached this revision; `change` is what did it, if that was in this process.

        `committed_at` is a time.time(), from which the delay is measured; None when it is not known.
        """
        track = self._hub.tracks.get(key)
        if track is None or track.delivered is None or revision <= track.delivered:
            return
        self.delays.begin(key, revision, committed_at, "handed" if change else "hinted")
        if change is not None and change.access == track.access:
            track.held[revision] = change
            track.deliver_held()
            self.delays.end(key, track.delivered)
            if track.held:
                self._hub.loop.call_later(HOLD, self._read_if_behind, track, revision)
        else:
            self.read(track)

    def delivered(self, key):
        track = self._hub.tracks.get(key)
        return track and track.delivered

    def compare(self, key, head, delivered):
        """`head` is what the poll saw, None when the stream is gone; `delivered` is what had been when it began."""
        track = self._hub.tracks.get(key)
        if track is None or track.delivered is None or track.reading:
            return
        if head is None or (head.epoch, head.access) != (track.epoch, track.access):
            self.read(track)
        elif head.revision < (delivered or 0):
            self.read(track)  # another past than the one we knew
        elif head.revision > track.delivered:
            self._hub.loop.call_later(HOLD, self._find, track, head.revision, self.looked_at)

    def _find(self, track, revision, committed_at):
        """The poll saw this revision a moment ago, and still nobody has told of it."""
        if revision > track.delivered:
            self.found_by_poll += 1
            for missed in range(track.delivered + 1, min(revision, track.delivered + PAGE) + 1):
                self.delays.begin(track.key, missed, committed_at, "polled")
            self.read(track)

    def read(self, track):
        self._reader.read(track)

    def _read_if_behind(self, track, revision):
        if track.delivered < revision:
            self.read(track)

    async def _take_in(self, track, since, changes, head, is_whole):
        """Deliver what was read of a stream; `is_whole` is False when there is more to read."""
        if head is None:
            self.send_away(track, track.followers())
        elif head.epoch != track.epoch or head.revision < since:
            await self._ask_who_may_stay(track, head)
            track.reset(head)
        else:
            await self._ask_who_may_stay(track, head)
            self._deliver(track, changes, since)
            track.again |= not is_whole
            if is_whole and not changes and head.revision > track.delivered:
                track.skip_to(head.revision)  # nothing is left to tell of these: clients see the jump and ask
        self.delays.end(track.key, track.delivered)

    def _deliver(self, track, changes, since):
        for revision, change in unbroken(changes, since):
            if revision == track.delivered + 1:  # what was handed over meanwhile may have been quicker
                track.deliver(revision, change)
        track.deliver_held()

    async def _ask_who_may_stay(self, track, head):
        """Ask the policy about everybody here, also about those who come meanwhile, if anybody may have lost access."""
        if (head.epoch, head.access) == (track.epoch, track.access) or is_off("delivery.access"):
            return
        asked, allowed = set(), set()
        while here := {follower.user_id for follower in track.followers()} - asked:
            allowed |= await self._hub.reading.run(track.source.allowed, track.id, here)
            asked |= here
        self.send_away(track, [one for one in track.followers() if one.user_id not in allowed])
        track.access = head.access

    def send_away(self, track, followers):
        """These may not follow any longer."""
        track.flush()  # what came before is theirs
        for follower in list(followers):
            self._hub.leave(follower)
            follower.socket.lost(follower.key)
