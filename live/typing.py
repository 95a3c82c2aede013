"""Who is typing where, as this process has heard. It ends by itself, so a lost word never leaves somebody typing."""

LASTS = 6.0  # seconds


class Typists:
    def __init__(self, hub):
        self._hub = hub
        self._ends = {}  # (key, user id) -> timer

    def starts(self, key, user_id):
        self._hub.whisper(key, {"kind": "typing", "user_id": user_id, "on": True}, user_id)

    def stops(self, key, user_id):
        if (key, user_id) in self._ends:
            self._hub.whisper(key, {"kind": "typing", "user_id": user_id, "on": False}, user_id)

    def heard(self, key, user_id, on):
        timer = self._ends.pop((key, user_id), None)
        if timer:
            timer.cancel()
        if on:
            self._ends[key, user_id] = self._hub.loop.call_later(LASTS, self.heard, key, user_id, False)
        if on or timer:
            self._hub.speak(key, {"kind": "typing", "user_id": user_id, "on": on}, user_id)
