"""Who is here: a person is, while any socket of theirs is open in any process.

Each process tells the others whom it serves, after every change and again every few seconds; what is not repeated
lapses, so neither a process that was killed nor a word that was lost keeps anybody's place for long. Nothing is kept in
Redis. Without it a process knows only its own people, and says so by its mode. Whether who is here is at their pages is
live/presence/attention.py's.
"""

import asyncio
from collections import Counter, defaultdict
from functools import partial

from ..hints import PROCESS_ID
from .attention import Attention

COMING = 0.05  # seconds in which arrivals are told together, at least
EACH = 0.005  # seconds more for each who is here: what is told to more is told less often
GOING = 2.0  # seconds a person may be gone before it is told: a reload is not a departure
REPEAT = 10.0  # seconds between tellings without a change
LAPSE = 25.0  # seconds until a process that tells nothing is forgotten
CHUNK = 200  # streams in one piece of news
MOST_NAMED = 200  # people; where there are more, comings and goings are told as a number, once a second
CROWDED = 1.0
AGAIN = 1.0  # seconds after which what could not be told is told again


class Roster:
    def __init__(self, hub):
        self._hub = hub
        self._own = defaultdict(Counter)  # key -> {user id: sockets}
        self._left = {}  # (key, user id) -> when the last socket closed
        self._others = defaultdict(dict)  # process -> {key: {user id}}
        self._here = {}  # key -> who is here, in any process, of the streams in which somebody of our own is
        self._told_at = {}  # (process, key) -> when that process last told of somebody there
        self._heard_at = {}  # process -> when
        self._shown = {}  # key -> (people, those of them who are away) as last told here
        self._telling = set()  # keys of which a difference is being told here
        self._untold = set()  # keys of which the other processes must be told
        self._timers = {}  # key -> timer
        self.attention = Attention(hub, self._turned)

    def here(self, key):
        """A set that is not to be changed; from any thread."""
        known = self._here.get(key)
        return self._gathered(key) if known is None else known

    def _gathered(self, key):
        people = set(self._own[key]) if key in self._own else set()
        return people.union(*(roster.get(key, ()) for roster in list(self._others.values())))

    def _gather(self, key):
        """After somebody went, or was heard of. Who comes is only added: many come at once."""
        if key in self._own:
            self._here[key] = self._gathered(key)
        else:
            self._here.pop(key, None)

    def processes(self):
        """The other processes heard of lately."""
        return set(self._heard_at)

    def arrive(self, key, user_id):
        if key not in self._own:
            self._hub.hints.send({"from": PROCESS_ID, "who": key})
        self._own[key][user_id] += 1
        if key in self._here:
            self._here[key].add(user_id)
        else:
            self._gather(key)
        self._left.pop((key, user_id), None)
        self._untold.add(key)
        self._settle_soon(key)

    def depart(self, key, user_id):
        self._own[key][user_id] -= 1
        if self._own[key][user_id] <= 0:
            self._left[key, user_id] = self._hub.loop.time()
            self._settle_in(key, GOING)

    def introduction(self, key):
        """The whisper that tells somebody who just came who is here; of a crowd, how many."""
        here, away = self._standing(key)
        return {"kind": "roster", **_named(here, away)}

    def _standing(self, key):
        here = self.here(key)
        return here, self.attention.away_among(here)

    # -- telling the followers here --------------------------------------------------------------------------

    def _settle_soon(self, key):
        self._settle_in(key, min(COMING + EACH * len(self._own[key]), CROWDED))

    def _turned(self, user_ids):
        """These are away now, or are back."""
        for key, people in self._here.items():
            if not user_ids.isdisjoint(people):
                self._settle_soon(key)

    def _settle_in(self, key, seconds):
        when = self._hub.loop.time() + seconds
        timer = self._timers.get(key)
        if timer is None or timer.when() > when:
            if timer:
                timer.cancel()
            self._timers[key] = self._hub.loop.call_at(when, self._settle, key)

    def _settle(self, key):
        """Tell the difference between who is here and who they were told is."""
        del self._timers[key]
        self._forget_departed(key)
        now, before = tuple(map(frozenset, self._standing(key))), self._shown.get(key, (set(), set()))
        if key in self._untold:
            self._untold.discard(key)
            self._tell([key])
        if key not in self._own:
            self._shown.pop(key, None)
        elif now != before and key in self._telling:
            self._settle_in(key, COMING)
        elif now != before:
            self._tell_here(key, before, now)

    def _tell_here(self, key, before, now):
        self._shown[key] = now
        if telling := self._hub.whispers.say(key, *_difference(before, now)):
            self._telling.add(key)
            telling.add_done_callback(partial(self._is_told, key, before))

    def _is_told(self, key, before, telling):
        """If it failed, it is told again: only differences are told, so nobody would ever learn of this one."""
        self._telling.discard(key)
        if telling.cancelled() or telling.exception():
            self._shown[key] = before
            self._settle_in(key, AGAIN)

    def _forget_departed(self, key):
        soonest, now = None, self._hub.loop.time()
        absent = [user_id for user_id, sockets in self._own.get(key, {}).items() if sockets <= 0]
        for user_id in absent:
            due = self._left.get((key, user_id), now) + GOING
            if due <= now + 0.01:
                del self._own[key][user_id]
                self._untold.add(key)
                self._left.pop((key, user_id), None)
            else:
                soonest = min(due, soonest or due)
        if soonest:
            self._settle_in(key, soonest - now)
        elif key in self._own and not self._own[key]:
            del self._own[key]
        if absent:
            self._gather(key)

    # -- telling the other processes -------------------------------------------------------------------------

    def _tell(self, keys):
        roster = [[key, sorted(self._own[key]) if key in self._own else []] for key in keys]
        self._hub.hints.send({"from": PROCESS_ID, "roster": roster})

    async def tell_for_ever(self):
        while True:
            await asyncio.sleep(REPEAT)
            self.repeat()

    def _tell_all(self):
        keys = list(self._own)
        for start in range(0, len(keys), CHUNK):
            self._tell(keys[start : start + CHUNK])
        if not keys:
            self._tell([])

    def repeat(self):
        self._tell_all()
        self.attention.tell_all()
        self._lapse()

    def heard(self, news):
        process = news["from"]
        self._heard_at[process] = self._hub.loop.time()
        if news.get("who") in self._own:
            self._tell([news["who"]])
        if "awake" in news:
            self.attention.heard(news)
        for key, people in news.get("roster", ()):
            self._learn(process, key, set(people))

    def _learn(self, process, key, people):
        if people:
            self._told_at[process, key] = self._hub.loop.time()
        else:
            self._told_at.pop((process, key), None)
        if people != self._others[process].get(key, set()):
            self._others[process][key] = people
            if not people:
                del self._others[process][key]
            self._noticed(key)

    def _lapse(self):
        """Also what a process told that is still heard: its word that somebody left may have been lost."""
        oldest = self._hub.loop.time() - LAPSE
        for process, key in [told for told, when in self._told_at.items() if when < oldest]:
            self._learn(process, key, set())
        for process in [process for process, when in self._heard_at.items() if when < oldest]:
            del self._heard_at[process]
            self.attention.forget(process)
            self._others.pop(process, None)

    def _noticed(self, key):
        """Somebody came or went elsewhere."""
        if key in self._own:
            self._gather(key)
            self._settle_in(key, COMING)

    def line_is_back(self):
        """Redis was away: tell and ask about everything again. Whoever asked before us could not be answered then."""
        self._tell_all()
        for key in list(self._own):
            self._hub.hints.send({"from": PROCESS_ID, "who": key})
        self.attention.tell_all(ask=True)


def _difference(before, now):
    """(whisper, who need not hear it): one knows of one's own arrival."""
    (were_here, were_away), (here, away) = before, now
    whisper = {"kind": "presence", "came": [], "gone": [], "turned": [], **_named(here, away)}
    if len(here) > MOST_NAMED:
        return whisper, None
    came, gone = sorted(here - were_here), sorted(were_here - here)
    turned = sorted((away ^ were_away) & here & were_here)
    whisper |= {"came": came, "gone": gone, "turned": turned}
    return whisper, came[0] if len(came) == 1 and not (gone or turned) else None


def _named(here, away):
    """Who is here and which of them are away; of a crowd only how many are not."""
    named = len(here) <= MOST_NAMED
    count = len(here) - len(away)
    return {"here": sorted(here) if named else [], "away": sorted(away) if named else [], "count": count}
