"""Threads of which the one that was busy last is asked first.

Its connection to the database still knows what it has read: one to SQLite forgets all of it as soon as another writes.
And where one thread is enough, the others are never begun, nor are their connections.
"""

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Lock


class Threads:
    """What they are asked to do is begun in the order in which it was asked."""

    def __init__(self, most, name):
        self._all = [ThreadPoolExecutor(1, thread_name_prefix=f"{name}-{number}") for number in range(most)]
        self._idle = self._all[::-1]
        self._waiting = deque()  # (future, call)
        self._lock = Lock()

    def submit(self, call):
        """A Future of what `call` returns."""
        asked, thread = (Future(), call), None
        with self._lock:
            if self._idle:
                thread = self._idle.pop()
            else:
                self._waiting.append(asked)
        if thread is not None:
            thread.submit(self._work, thread, *asked)
        return asked[0]

    def _work(self, thread, *asked):
        """Until nothing waits. Who is told an outcome may ask for more at once: this thread is idle by then."""
        while asked:
            tell = _outcome_of(*asked)
            asked = self._next_for(thread)
            tell()

    def _next_for(self, thread):
        with self._lock:
            if self._waiting:
                return self._waiting.popleft()
            self._idle.append(thread)

    def close(self):
        """What has not been begun never is."""
        with self._lock:
            left, self._waiting = self._waiting, deque()
        for future, _ in left:
            future.cancel()
        for thread in self._all:
            thread.shutdown(wait=False, cancel_futures=True)


def _outcome_of(future, call):
    """A function that tells it to those who wait for it."""
    if not future.set_running_or_notify_cancel():
        return lambda: None
    try:
        return partial(future.set_result, call())
    except BaseException as error:
        return partial(future.set_exception, error)
