"""Who visits a place in a stream, such as a card of a board, and who holds one, as this process has heard.

Neither is stored. Both end by themselves. A person visits or holds something while any of their open pages does, in
whichever process.
"""

from functools import partial

from .pages import Pages

VISITING, HOLDING = "visiting", "holding"
LASTS = {VISITING: 100.0, HOLDING: 5.0}  # seconds; browsers slow down the timers of hidden pages


class Passing:
    def __init__(self, loop, whispers, kind):
        self._whispers, self._kind = whispers, kind
        self._pages = Pages(loop, LASTS[kind])  # at (key, place), each known as (user id, page)

    def goes_on(self, key, place, user_id, page, what=True):
        self._whispers.spread(key, self._word(place, user_id, page, what))

    def ends(self, key, place, user_id, page):
        if (user_id, page) in self._pages.at((key, place)):
            self._whispers.spread(key, self._word(place, user_id, page, None))

    def heard(self, key, word):
        """Said again while it goes on, and once when the last page has ended."""
        place, user_id, page, what = (word[name] for name in ("place", "user_id", "page", "what"))
        before = self._people(key, place)
        end = partial(self.heard, key, self._word(place, user_id, page, None))
        self._pages.note((key, place), (user_id, page), what, end)
        if what is not None or self._people(key, place) != before:
            self._whispers.say(key, self._told(key, place))

    def standing(self, key):
        """The whispers that tell somebody who just came."""
        return [self._told(key, place) for at, place in self._pages.places() if at == key]

    def _told(self, key, place):
        return {"kind": self._kind, "place": place, "people": self._people(key, place)}

    def _people(self, key, place):
        """{user id: what they do there, by the page heard last}"""
        return {user_id: what for (user_id, _), what in self._pages.at((key, place)).items()}

    def _word(self, place, user_id, page, what):
        return {"kind": self._kind, "place": place, "user_id": user_id, "page": page, "what": what}
