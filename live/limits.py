"""Limits: a bucket that refills, and a count of faults within a time."""

from collections import deque
from time import monotonic


class Bucket:
    """Lets `rate` things a second pass, and `burst` at once."""

    __slots__ = ("_burst", "_clock", "_left", "_rate", "_seen")

    def __init__(self, rate, burst, clock=monotonic):
        self._rate, self._burst, self._clock = rate, burst, clock
        self._left, self._seen = burst, clock()

    def take(self):
        """0 when it may pass, else the seconds until it may."""
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._seen) * self._rate)
        self._seen = now
        if self._left >= 1:
            self._left -= 1
            return 0
        return (1 - self._left) / self._rate

    def is_full(self):
        return self._left + (self._clock() - self._seen) * self._rate >= self._burst


class Faults:
    """True once `most` faults came within `seconds`."""

    __slots__ = ("_clock", "_seconds", "_times")

    def __init__(self, most, seconds, clock=monotonic):
        self._times = deque(maxlen=most)
        self._seconds, self._clock = seconds, clock

    def add(self):
        self._times.append(self._clock())
        return len(self._times) == self._times.maxlen and self._times[-1] - self._times[0] <= self._seconds
