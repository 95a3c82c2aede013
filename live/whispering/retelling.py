"""Retelling: a whisper of something that is stored, such as a receipt, is told again where it may have been missed.

It has no revision by which anybody would notice that it is missing. It is lost when the line between processes is down,
or when the database does not answer while it is put into words. It is told again as things stand by then.
"""

from collections import defaultdict
from functools import partial
from math import inf

from ..hints import PROCESS_ID
from ..streams import source_of
from .passing import LASTS
from .typing import TYPING

OF_THE_MOMENT = {TYPING, *LASTS}  # kinds of whispers of which nothing is written down
RECENT = 3.0  # seconds within which it shows that the line is down
MOST = 2_000  # (stream, person) pairs remembered; of older ones people learn when they come back
AGAIN = 1.0  # seconds until it is told again, so that several are told again together


class Retelling:
    def __init__(self, hub, whispers):
        self._hub, self._whispers = hub, whispers
        self._told = {}  # (key, user id): when, the latest last
        self._down_since = hub.loop.time()
        self._doubted = inf  # from when on what was told may not have arrived
        self._soon = None  # a timer, until what is doubted has been told

    def note(self, key, user_id):
        """This has just been told."""
        self._told.pop((key, user_id), None)
        self._told[key, user_id] = self._hub.loop.time()
        if len(self._told) > MOST:
            del self._told[next(iter(self._told))]

    def line_is(self, live):
        """The line between processes is up, or down. If only we were cut off, the others have to tell us again."""
        now = self._hub.loop.time()
        if live:
            missed = now - self._down_since
            self._hub.hints.send({"from": PROCESS_ID, "missed": missed})
            self.doubt(missed)
        else:
            self._down_since = now - RECENT

    def doubt(self, seconds):
        """What was told in these last seconds may not have arrived."""
        self._doubted = min(self._doubted, self._hub.loop.time() - seconds)
        if self._soon is None:
            self._soon = self._hub.loop.call_later(AGAIN, self._begin)

    def see_that_it_is_said(self, key, user_id, saying):
        """`saying` is the task that tells it to the followers here."""
        saying.add_done_callback(partial(self._was_said, key, user_id))

    def _was_said(self, key, user_id, saying):
        if saying.cancelled() or saying.exception():
            self._tell_again([(key, user_id)])

    def unsent(self, batch):
        """These news have not left."""
        whispers = [(news["key"], news["whisper"]) for news in batch if "whisper" in news]
        lost = [(key, word["user_id"]) for key, word in whispers if word.get("kind") not in OF_THE_MOMENT]
        if lost:
            self._tell_again(lost)

    def _tell_again(self, told):
        self.doubt(0)  # first: what is noted before the doubt is not in doubt
        for key, user_id in told:
            self.note(key, user_id)

    def _begin(self):
        self._hub.do(self._tell()).add_done_callback(self._ended)

    def _ended(self, task):
        self._soon = None
        if self._doubted < inf:
            self.doubt(0)

    async def _tell(self):
        since, self._doubted = self._doubted, inf
        try:
            for key, user_ids in self._people_told_of(since).items():
                source, id = source_of(key)
                whispers = await self._hub.reading.run(source.standing, id, user_ids)
                self._whispers.spread_all([(key, whisper) for whisper in whispers])
        except Exception:
            self._doubted = min(self._doubted, since)
            raise

    def _people_told_of(self, since):
        """{key: user ids}"""
        people = defaultdict(set)
        for (key, user_id), when in self._told.items():
            if when >= since:
                people[key].add(user_id)
        return people
