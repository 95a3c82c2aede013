"""Threads begin what they are asked in its order, and the one that was busy last is asked first."""

import queue
import threading
from concurrent.futures import CancelledError

import pytest

from live.database.threads import Threads

WAIT = 5  # seconds


@pytest.fixture
def threads():
    threads = Threads(3, "test")
    yield threads
    threads.close()


def whose():
    return threading.current_thread().name


class Held:
    """Keeps a thread until it is let go."""

    def __init__(self):
        self._go, self.begun = threading.Event(), threading.Event()

    def __call__(self):
        self.begun.set()
        self._go.wait(WAIT)
        return whose()

    def ends(self):
        self._go.set()


def all_busy(threads):
    """Three calls that keep all three of them, and their futures."""
    held = [Held() for _ in range(3)]
    futures = [threads.submit(one) for one in held]
    assert all(one.begun.wait(WAIT) for one in held)
    return held, futures


def test_one_after_another_is_done_by_one(threads):
    names = {threads.submit(whose).result(WAIT) for _ in range(100)}
    assert len(names) == 1 and len([one for one in threading.enumerate() if one.name in names]) == 1


def test_what_is_asked_at_once_is_done_at_once(threads):
    held, futures = all_busy(threads)
    for one in held:
        one.ends()
    assert len({future.result(WAIT) for future in futures}) == 3


def test_the_one_that_was_busy_last_is_asked_first(threads):
    held, futures = all_busy(threads)
    for one, future in zip(held, futures, strict=True):
        one.ends()
        last = future.result(WAIT)
        assert threads.submit(whose).result(WAIT) == last


def test_who_is_told_may_ask_the_same_one_again(threads):
    again, held = queue.Queue(), Held()
    first = threads.submit(held)
    first.add_done_callback(lambda _: again.put(threads.submit(whose)))
    held.ends()
    assert again.get(timeout=WAIT).result(WAIT) == first.result(WAIT)


def test_what_waits_is_begun_in_its_order(threads):
    held, _ = all_busy(threads)
    begun = []
    waiting = [threads.submit(lambda number=number: begun.append(number)) for number in range(20)]
    held[0].ends()
    for future in waiting:
        future.result(WAIT)
    assert begun == list(range(20))
    held[1].ends(), held[2].ends()


def test_what_fails_is_told_and_keeps_no_thread(threads):
    for _ in range(5):
        with pytest.raises(ZeroDivisionError):
            threads.submit(lambda: 1 / 0).result(WAIT)
    held, futures = all_busy(threads)
    for one, future in zip(held, futures, strict=True):
        one.ends()
        future.result(WAIT)


def test_what_was_given_up_is_not_begun(threads):
    held, _ = all_busy(threads)
    begun = []
    given_up, wanted = (
        threads.submit(lambda name=name: begun.append(name)) for name in ("given up", "wanted")
    )
    given_up.cancel()
    for one in held:
        one.ends()
    wanted.result(WAIT)
    assert begun == ["wanted"]


def test_what_waits_when_they_close_never_is(threads):
    held, futures = all_busy(threads)
    waiting = threads.submit(whose)
    threads.close()
    for one in held:
        one.ends()
    with pytest.raises(CancelledError):
        waiting.result(WAIT)
    assert len({future.result(WAIT) for future in futures}) == 3  # what was begun is ended
