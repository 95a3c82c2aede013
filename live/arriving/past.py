"""The past of a stream: where it stands and what changed since, read once for all who ask at the same time.

Whoever asks while a reading is under way waits for the next one, so nobody is told of a moment before their own asking.
What was read is kept for a second, for those who know from elsewhere that the stream stands where it stood then.
"""

import asyncio
from dataclasses import dataclass, field

from django.conf import settings

from ..database.snapshot import snapshot
from ..failpoints import is_off, pass_by
from ..streams import Head

KEPT = 1.0  # seconds


@dataclass(slots=True, eq=False)
class Asker:
    """`standing` is the head by which the policy let this person in just now; without it the policy is asked again."""

    user_id: int
    since: int | None
    epoch: str | None = None  # None: whatever it is
    standing: Head | None = None
    answer: asyncio.Future = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """One moment of a stream. `head` is None when there is no such stream."""

    head: Head | None
    allowed: set = frozenset()  # of those whom the policy had to be asked about
    changes: dict = field(default_factory=dict)  # {since: what changed after it}
    facts: dict = field(default_factory=dict)
    # {(since, epoch, dialect): the packet that brings such a one up to date}
    told: dict = field(default_factory=dict)

    def admits(self, asker):
        if self.head is None:
            return False
        stands = asker.standing is not None and asker.standing.access == self.head.access
        return stands or asker.user_id in self.allowed

    def changes_for(self, asker):
        """At most one more than anybody is sent; None when that was not read."""
        if not _is_behind(asker, self.head):
            return []
        for since, changes in self.changes.items():
            if since == asker.since or (since < asker.since and _is_whole(changes)):
                return [change for change in changes if change.revision > asker.since]
        return None

    def suits(self, asker, delivered):
        """Whether nothing has changed since that this one must hear of."""
        head, standing = self.head, asker.standing
        return (
            head is not None
            and standing is not None
            and (head.epoch, head.access) == (standing.epoch, standing.access)
            and delivered is not None
            and head.revision >= max(standing.revision, delivered)
            and self.changes_for(asker) is not None
        )


class Past:
    """The readings of one track, in the threads of `pool`."""

    def __init__(self, track, pool):
        self._track, self._pool, self._loop = track, pool, asyncio.get_running_loop()
        self._asking, self._task, self._kept = [], None, None
        self._forgotten = 0  # times

    async def of(self, asker):
        """A Reading for this asker, who follows the track already."""
        if is_off("past.shared"):
            return await self._pool.run(read, self._track.source, self._track.id, [asker])
        if self._kept is not None and self._kept.suits(asker, self._track.delivered):
            return self._kept
        asker.answer = self._loop.create_future()
        self._asking.append(asker)
        if self._task is None:
            self._task = self._loop.create_task(self._read())
        return await asker.answer

    def forget(self):
        """Something that has no revision has changed; a reading that is under way may not have seen it."""
        self._kept = None
        self._forgotten += 1

    async def _read(self):
        try:
            while self._asking:
                asking, self._asking = self._asking, []
                await self._answer(asking)
        finally:
            self._task = None

    async def _answer(self, asking):
        self._kept, forgotten = None, self._forgotten
        try:
            reading = await self._pool.run(read, self._track.source, self._track.id, asking)
        except Exception as error:
            for answer in awaited(asking):
                answer.set_exception(error)
        else:
            if forgotten == self._forgotten:
                self._kept = reading
                self._loop.call_later(KEPT, self._lapse, reading)
            for answer in awaited(asking):
                answer.set_result(reading)

    def _lapse(self, reading):
        if self._kept is reading:
            self._kept = None


def awaited(asking):
    return [asker.answer for asker in asking if not asker.answer.done()]


def read(source, id, asking):
    """A Reading for all who ask. Synchronous, with the database."""
    with snapshot():
        head = source.heads([id]).get(id)
        if head is None:
            return Reading(None)
        doubtful = {
            one.user_id for one in asking if one.standing is None or one.standing.access != head.access
        }
        allowed = set(source.allowed(id, doubtful)) if doubtful else set()
        reading = Reading(head, allowed, facts=source.facts(id))
        for asker in sorted(asking, key=lambda one: one.since or 0):
            if reading.changes_for(asker) is None:
                reading.changes[asker.since] = source.changes(id, asker.since, _most() + 1)
        pass_by("past.read")
        return reading


def _is_behind(asker, head):
    return asker.since is not None and asker.epoch in (head.epoch, None) and asker.since < head.revision


def _is_whole(changes):
    return len(changes) <= _most()


def _most():
    return settings.LIVE["catch_up_limit"]
