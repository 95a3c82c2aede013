"""Who visits a place in a stream, such as a card of a board, and who holds one, as this process has heard.

Neither is stored. Both end by themselves, so a lost word leaves nobody there for ever. A person visits or holds
something while any of their open pages does, in whichever process.
"""

VISITING, HOLDING = "visiting", "holding"
LASTS = {VISITING: 100.0, HOLDING: 5.0}  # seconds; browsers slow down the timers of hidden pages


class Passing:
    def __init__(self, loop, whispers, kind):
        self._loop, self._whispers, self._kind = loop, whispers, kind
        self._pages = {}  # (key, place) -> {(user id, page): (what, timer)}

    def goes_on(self, key, place, user_id, page, what=True):
        self._whispers.spread(key, self._word(place, user_id, page, what))

    def ends(self, key, place, user_id, page):
        if (user_id, page) in self._pages.get((key, place), ()):
            self._whispers.spread(key, self._word(place, user_id, page, None))

    def heard(self, key, word):
        """Said again while it goes on, and once when the last page has ended."""
        place, user_id, page, what = (word[name] for name in ("place", "user_id", "page", "what"))
        pages = self._pages.setdefault((key, place), {})
        before = self._people(key, place)
        if known := pages.pop((user_id, page), None):
            known[1].cancel()
        if what is not None:
            end = self._word(place, user_id, page, None)
            pages[user_id, page] = what, self._loop.call_later(LASTS[self._kind], self.heard, key, end)
        elif not pages:
            del self._pages[key, place]
        if what is not None or self._people(key, place) != before:
            self._whispers.say(key, self._told(key, place))

    def standing(self, key):
        """The whispers that tell somebody who just came."""
        return [self._told(key, place) for at, place in list(self._pages) if at == key]

    def _told(self, key, place):
        return {"kind": self._kind, "place": place, "people": self._people(key, place)}

    def _people(self, key, place):
        """{user id: what they do there, by the page heard last}"""
        return {user_id: what for (user_id, _), (what, _) in self._pages.get((key, place), {}).items()}

    def _word(self, place, user_id, page, what):
        return {"kind": self._kind, "place": place, "user_id": user_id, "page": page, "what": what}
