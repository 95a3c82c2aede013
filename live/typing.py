"""Who is typing where, as this process has heard. It ends by itself, so a lost word never leaves somebody typing.

A person types while any of their open pages does, in whichever process: each page is known by a name of its own.
"""

LASTS = 6.0  # seconds


class Typists:
    def __init__(self, hub):
        self._hub = hub
        self._ends = {}  # (key, user id) -> {page: timer}

    def starts(self, key, user_id, page=""):
        self._hub.whisper(key, self._word(user_id, page, True), user_id)

    def stops(self, key, user_id, page=""):
        if page in self._ends.get((key, user_id), ()):
            self._hub.whisper(key, self._word(user_id, page, False), user_id)

    def heard(self, key, user_id, on, page=""):
        """Said again while it goes on, and once when the last page has ended."""
        pages = self._ends.setdefault((key, user_id), {})
        timer = pages.pop(page, None)
        if timer:
            timer.cancel()
        if on:
            pages[page] = self._hub.loop.call_later(LASTS, self.heard, key, user_id, False, page)
        elif not pages:
            del self._ends[key, user_id]
        if on or (timer and not pages):
            self._hub.speak(key, {"kind": "typing", "user_id": user_id, "on": on}, user_id)

    def _word(self, user_id, page, on):
        return {"kind": "typing", "user_id": user_id, "on": on, "page": page}
