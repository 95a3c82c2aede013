"""Limits: a bucket that refills, and a count of faults within a time."""

from time import monotonic

FEW = 100  # people of whom one may remember more than is needed


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


class Buckets:
    """A bucket for each person, until it is full again: then nothing needs to be remembered. For any thread.

    `pace` is called for each bucket that is made: (how much a second, how much at once).
    """

    def __init__(self, pace):
        self._pace = pace
        self.clear()

    def of(self, person):
        bucket = self._of.get(person)
        if bucket is None:
            if len(self._of) >= self._most:
                self._forget()
            bucket = self._of.setdefault(person, Bucket(*self._pace()))
        return bucket

    def clear(self):
        self._of, self._most = {}, FEW

    def _forget(self):
        known = list(self._of.items())  # others may be added meanwhile
        self._of = {person: bucket for person, bucket in known if not bucket.is_full()}
        self._most = max(FEW, 2 * len(self._of))


class Faults:
    """Counts faults: `add` returns True once `most` of them came within `seconds`."""

    __slots__ = ("_clock", "_most", "_seconds", "_times")

    def __init__(self, most, seconds, clock=monotonic):
        self._times = ()  # of the latest ones: most sockets never have any
        self._most, self._seconds, self._clock = most, seconds, clock

    def add(self):
        self._times = (*self._times, self._clock())[-self._most :]
        return len(self._times) == self._most and self._times[-1] - self._times[0] <= self._seconds
