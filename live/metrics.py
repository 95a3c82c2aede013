"""What a process counts of its own doing, at the price of an addition; operations shows it to whoever may look."""

import threading
import time
from bisect import bisect_left
from collections import defaultdict
from math import inf

MOST_UNDER_WAY = 10_000  # streams with changes that are known of and not delivered yet


class Histogram:
    """How many values were at most each bound, and their sum. Observed from any thread."""

    def __init__(self, *bounds):
        self.bounds = bounds
        self._counts, self._sum = [0] * (len(bounds) + 1), 0.0
        self._lock = threading.Lock()

    def observe(self, value):
        with self._lock:
            self._counts[bisect_left(self.bounds, value)] += 1
            self._sum += value

    def counts(self):
        """{bound: values above the one before and at most this}, the last of them infinite."""
        with self._lock:
            return dict(zip((*self.bounds, inf), self._counts, strict=True))

    def read(self):
        """([values at most each bound, and all], their sum)."""
        with self._lock:
            counts, total = list(self._counts), self._sum
        so_far = 0
        return [so_far := so_far + count for count in counts], total


class Delays:
    """Seconds from commit to socket, by the road on which the news came: handed, hinted or polled.

    What the poll finds was committed at some time since its last look: the delay is taken to be the longest it may be.
    A change that was read along with an earlier one, and delivered before its own hint came, is not counted.
    """

    def __init__(self, loop):
        self._loop = loop
        self._under_way = defaultdict(dict)  # {stream: {revision: (committed at, road)}}
        self._leaving = []  # (committed at, road) of what is about to be written
        self.roads = {road: Histogram(*BOUNDS) for road in ("handed", "hinted", "polled")}

    def begin(self, key, revision, committed_at, road):
        if committed_at is not None:
            self._under_way[key].setdefault(revision, (committed_at, road))

    def end(self, key, delivered):
        """Everything up to this revision is about to be written to the sockets, later in this turn of the loop."""
        changes = self._under_way.pop(key, None)
        if changes is None:
            return
        if not self._leaving:
            self._loop.call_soon(self._written)
        self._leaving += [changes.pop(revision) for revision in sorted(changes) if revision <= delivered]
        if changes and len(self._under_way) < MOST_UNDER_WAY:
            self._under_way[key] = changes

    def forget(self, key):
        """Nobody follows the stream here any more: whatever was under way reaches nobody."""
        self._under_way.pop(key, None)

    def _written(self):
        leaving, self._leaving = self._leaving, []
        now = time.time()
        for committed_at, road in leaving:
            self.roads[road].observe(max(0.0, now - committed_at))


BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds

# How many messages each transaction wrote that wrote any, in this process.
batches = Histogram(1, 2, 5, 10, 20, 50, 100, 200)
