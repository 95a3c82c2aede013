"""Trouble is said when it begins and when it is over, and not by each of the many who meet it."""

import time

CALM = 30.0  # seconds without any after which it is over: the diary, which asks when nobody else does, takes 22 at most


class Trouble:
    """With one thing that all ask, such as "The database"."""

    def __init__(self, thing, log, clock=time.monotonic):
        self._thing, self._log, self._clock = thing, log, clock
        self._said = set()  # words for what it is, since it began
        self._met_at = None

    def met(self, failure, state="in trouble"):
        """By one more; each `state` is said once, with the reason of whoever met it first."""
        self._met_at = self._clock()
        if state not in self._said:
            self._said.add(state)
            reason = " ".join(str(failure).split())[:200]
            self._log.warning("%s is %s: %s", self._thing, state, reason)

    def answered(self):
        if self._said and self._clock() - self._met_at >= CALM:
            self._said.clear()
            self._log.warning("%s answers again, for %d s by now.", self._thing, CALM)
