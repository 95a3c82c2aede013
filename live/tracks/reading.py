"""What changed in streams is read for many of them together, in one reading at a time of each kind of stream.

News that comes while a reading is under way is read in the next, once for each stream, however much there was.
"""

from collections import defaultdict

from ..database.snapshot import snapshot

TOGETHER = 256  # streams
PAGE = 1_000  # changes read at once


class Reader:
    """`take_in(track, since, changes, head, is_whole)` is a coroutine that is run for each track that was read."""

    def __init__(self, hub, take_in):
        self._hub, self._take_in = hub, take_in
        self._waiting = defaultdict(dict)  # {source: an ordered set of tracks}
        self._at_it = set()  # sources

    def read(self, track):
        """Soon; and once more if news came meanwhile."""
        if track.reading:
            track.again = True
        else:
            track.reading = self._hub.loop.create_future()
            self._enqueue(track)

    def _enqueue(self, track):
        track.again = False
        self._waiting[track.source][track] = None
        if track.source not in self._at_it:
            self._at_it.add(track.source)
            self._hub.do(self._read_all(track.source))

    async def _read_all(self, source):
        tracks = []
        try:
            while tracks := self._next(source):
                since = {track.id: track.delivered for track in tracks}
                readings, is_whole = await self._hub.reading.run(readings_of, source, since)
                for track in tracks:
                    self._hub.do(self._hand_over(track, since[track.id], *readings[track.id], is_whole))
        except BaseException:
            for track in (*tracks, *self._waiting.pop(source, ())):
                is_read(track)  # for now: the poll will see that it is behind
            raise
        finally:
            self._at_it.discard(source)

    def _next(self, source):
        """One track of each stream: one that was left and is followed anew may have two, at different places."""
        waiting, tracks = self._waiting[source], {}
        for track in list(waiting)[:TOGETHER]:
            tracks.setdefault(track.id, track)
        for track in tracks.values():
            del waiting[track]
        return list(tracks.values())

    async def _hand_over(self, track, *reading):
        try:
            await self._take_in(track, *reading)
        except BaseException:
            is_read(track)
            raise
        if track.again:
            self._enqueue(track)
        else:
            is_read(track)


def is_read(track):
    reading, track.reading = track.reading, None
    reading.set_result(None)


def readings_of(source, since):
    """({id: (what changed, where it stands)}, whether that is all of it), of one moment: so a removal before a change
    shows. `since` are {id: revision}.
    """
    with snapshot():
        changes = source.changes_of(since, PAGE)
        heads = source.heads(list(since))
    is_whole = sum(map(len, changes.values())) < PAGE
    return {id: (changes.get(id, ()), heads.get(id)) for id in since}, is_whole
