"""Who is typing where, as this process has heard. It ends by itself, so a lost word never leaves somebody typing.

A person types while any of their open pages does, in whichever process: each page is known by a name of its own.
"""

TYPING = "typing"
LASTS = 6.0  # seconds


class Typists:
    def __init__(self, loop, whispers):
        self._loop, self._whispers = loop, whispers
        self._ends = {}  # (key, user id) -> {page: timer}

    def starts(self, key, user_id, page):
        self._whispers.spread(key, _word(user_id, page, True))

    def stops(self, key, user_id, page):
        if page in self._ends.get((key, user_id), ()):
            self._whispers.spread(key, _word(user_id, page, False))

    def heard(self, key, word):
        """Said again while it goes on, and once when the last page has ended."""
        user_id, page, on = word["user_id"], word["page"], word["on"]
        pages = self._ends.setdefault((key, user_id), {})
        timer = pages.pop(page, None)
        if timer:
            timer.cancel()
        if on:
            pages[page] = self._loop.call_later(LASTS, self.heard, key, _word(user_id, page, False))
        elif not pages:
            del self._ends[key, user_id]
        if on or (timer and not pages):
            self._whispers.say(key, {"kind": TYPING, "user_id": user_id, "on": on}, shy=user_id)


def _word(user_id, page, on):
    return {"kind": TYPING, "user_id": user_id, "on": on, "page": page}
