"""Who is typing where, as this process has heard. It ends by itself.

A person types while any of their open pages does, in whichever process: each page is known by a name of its own.
"""

from functools import partial

from .pages import Pages

TYPING = "typing"
LASTS = 6.0  # seconds


class Typists:
    def __init__(self, loop, whispers):
        self._whispers = whispers
        self._pages = Pages(loop, LASTS)  # at (key, user id)

    def starts(self, key, user_id, page):
        self._whispers.spread(key, _word(user_id, page, True))

    def stops(self, key, user_id, page):
        if page in self._pages.at((key, user_id)):
            self._whispers.spread(key, _word(user_id, page, False))

    def heard(self, key, word):
        """Said again while it goes on, and once when the last page has ended."""
        user_id, page, on = word["user_id"], word["page"], word["on"]
        end = partial(self.heard, key, _word(user_id, page, False))
        was_there = self._pages.note((key, user_id), page, on or None, end)
        if on or (was_there and not self._pages.at((key, user_id))):
            self._whispers.say(key, {"kind": TYPING, "user_id": user_id, "on": on}, shy=user_id)


def _word(user_id, page, on):
    return {"kind": TYPING, "user_id": user_id, "on": on, "page": page}
