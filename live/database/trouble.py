"""Trouble is logged when it begins and when it is over, and not by each of the many who meet it."""

import time

CALM = 30.0  # seconds without any after which it is over; the diary asks the database every 22 at most


class Trouble:
    """Trouble with one `thing` that everybody needs, such as "The database"."""

    def __init__(self, thing, log, clock=time.monotonic):
        self._thing, self._log, self._clock = thing, log, clock
        self._said = set()  # the states that were logged since it began
        self._met_at = None

    def met(self, failure, state="in trouble"):
        """Somebody met it; each `state` is logged once, with the reason of whoever met it first."""
        self._met_at = self._clock()
        if state not in self._said:
            self._said.add(state)
            reason = " ".join(str(failure).split())[:200]
            self._log.warning("%s is %s: %s", self._thing, state, reason)

    def answered(self):
        if self._said and self._clock() - self._met_at >= CALM:
            self._said.clear()
            self._log.warning("%s answers again, for %d s by now.", self._thing, CALM)
