"""Who is active and who is away: whoever touched none of their open pages for five minutes is away.

A page tells how long ago it was touched. Each process knows this of the people whose pages it serves, awake or drowsy,
and tells the other processes: each change at once, and everything again whenever the roster is repeated. What is not
repeated lapses with its process. Somebody whose pages tell nothing, such as a program, is never away.
"""

from collections import defaultdict

from ..hints import PROCESS_ID

AWAY = 300.0  # seconds after which whoever touched none of their pages is away
PATIENCE = 2.0  # seconds somebody drowsy may be gone before it is forgotten: a line may come back


class Attention:
    """`changed(user_ids)` is called with those who are away now and were not, or the other way round."""

    def __init__(self, hub, changed):
        self._hub, self._changed = hub, changed
        self._pages = defaultdict(set)  # user id -> their open pages that have told
        self._attended = {}  # user id -> when any of them was, by the loop's clock
        self._timers = {}  # user id -> timer
        self._own = {}  # user id -> whether they are awake
        self._others = {}  # process -> the same of its people
        self._away = set()  # those whom some process knows drowsy, and none awake

    def away_among(self, people):
        return self._away & people

    # -- what pages tell -------------------------------------------------------------------------------------

    def tells(self, user_id, page, ago):
        """A page was attended this many seconds ago, or is just now."""
        self._pages[user_id].add(page)
        when = self._hub.loop.time() - ago
        self._attended[user_id] = max(when, self._attended.get(user_id, when))
        self._settle(user_id)

    def closes(self, user_id, page):
        """Whoever was at it stays awake for as long as if it were open."""
        pages = self._pages.get(user_id)
        if pages and page in pages:
            pages.discard(page)
            if not pages:
                del self._pages[user_id]
                self._settle_at(user_id, self._hub.loop.time() + PATIENCE)

    def _settle_at(self, user_id, when):
        if user_id not in self._timers:
            self._timers[user_id] = self._hub.loop.call_at(when, self._due, user_id)

    def _due(self, user_id):
        del self._timers[user_id]
        self._settle(user_id)

    def _settle(self, user_id):
        ends = self._attended[user_id] + AWAY
        if self._hub.loop.time() < ends:
            self._settle_at(user_id, ends)
            self._stand(user_id, True)
        elif user_id in self._pages:
            self._stand(user_id, False)
        else:
            del self._attended[user_id]
            self._stand(user_id, None)

    def _stand(self, user_id, is_awake):
        if self._own.get(user_id) is not is_awake:
            self._learn(self._own, [(user_id, is_awake)])
            self._tell([(user_id, is_awake)])

    # -- what processes tell ---------------------------------------------------------------------------------

    def tell_all(self, ask=False):
        """Everybody here is told anew; with `ask` the others do the same."""
        self._tell(list(self._own.items()), whole=True, ask=ask)

    def _tell(self, awake, **more):
        self._hub.hints.send({"from": PROCESS_ID, "awake": awake, **more})

    def heard(self, news):
        known = self._others.setdefault(news["from"], {})
        told = dict(news["awake"])
        missing = known.keys() - told.keys() if news.get("whole") else ()
        self._learn(known, [*told.items(), *((id, None) for id in missing)])
        if news.get("ask"):
            self.tell_all()

    def forget(self, process):
        """It lapsed."""
        known = self._others.get(process, {})
        self._learn(known, [(id, None) for id in known])
        self._others.pop(process, None)

    def _learn(self, known, told):
        turned = set()
        for id, is_awake in told:
            if is_awake is None:
                known.pop(id, None)
            else:
                known[id] = is_awake
            if self._is_away(id) is not (id in self._away):
                turned.add(id)
        if turned:
            self._away ^= turned
            self._changed(turned)

    def _is_away(self, id):
        answers = [known[id] for known in (self._own, *self._others.values()) if id in known]
        return bool(answers) and not any(answers)
