"""The past is read once for all who ask for it, and never of a moment before somebody's own asking."""

import asyncio
from contextlib import contextmanager, nullcontext

import pytest

from live.arriving import past
from live.arriving.past import Asker, Past
from live.streams import Change, Head, Source

ADA, BOB, EVE = 1, 2, 3


class Log(Source):
    """A stream that notes what it is asked."""

    def __init__(self):
        self.head, self.asked, self.members = Head(5, "one", 0), [], {ADA, BOB}

    def heads(self, ids):
        self.asked.append("head")
        return {1: self.head} if self.head else {}

    def changes(self, id, since, limit):
        self.asked.append(f"since {since}")
        return [Change(number, number, None) for number in range(since + 1, self.head.revision + 1)][:limit]

    def allowed(self, id, user_ids):
        self.asked.append("who may")
        return self.members & user_ids


class Track:
    id, delivered = 1, 5

    def __init__(self):
        self.source = Log()


class SlowPool:
    """Lets a call finish when it is told to."""

    def __init__(self):
        self.calls, self.goes_on = 0, asyncio.Event()
        self.goes_on.set()

    async def run(self, function, *args):
        self.calls += 1
        answer = function(*args)
        await self.goes_on.wait()
        return answer


@pytest.fixture(autouse=True)
def one_moment(monkeypatch):
    monkeypatch.setattr(past, "snapshot", nullcontext)


@pytest.fixture
def track():
    return Track()


@pytest.fixture
def noted_moment(track, monkeypatch):
    @contextmanager
    def snapshot():
        track.source.asked.append("a moment")
        yield
        track.source.asked.append("is over")

    monkeypatch.setattr(past, "snapshot", snapshot)


def during(work):
    return asyncio.run(work())


def asker(user_id, since, track):
    return Asker(user_id, since, "one", track.source.head)


def revisions(reading, asker):
    return [change.revision for change in reading.changes_for(asker)]


def test_all_who_come_at_once_share_a_reading(track):
    async def scene():
        pool = SlowPool()
        its = Past(track, pool)
        came = [asker(ADA, since, track) for since in (4, 2, 5, 3)]
        told = await asyncio.gather(*map(its.of, came))
        assert [revisions(*pair) for pair in zip(told, came, strict=True)] == [[5], [3, 4, 5], [], [4, 5]]
        assert pool.calls == 1 and track.source.asked == ["head", "since 2"]

    during(scene)


def test_all_that_is_read_is_of_one_moment(track, noted_moment):
    reading = past.read(track.source, 1, [Asker(ADA, 4)])
    assert revisions(reading, Asker(ADA, 4)) == [5]
    assert track.source.asked == ["a moment", "head", "who may", "since 4", "is over"]


def test_a_stream_that_is_gone_admits_nobody(track):
    ada = asker(ADA, 4, track)
    track.source.head = None
    assert not past.read(track.source, 1, [ada]).admits(ada)


def test_who_asks_during_a_reading_is_told_of_the_next(track):
    async def scene():
        pool = SlowPool()
        its = Past(track, pool)
        pool.goes_on.clear()
        first = asyncio.ensure_future(its.of(asker(ADA, 4, track)))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        track.source.head = Head(6, "one", 0)
        late = asker(BOB, 4, track)
        second = asyncio.ensure_future(its.of(late))
        pool.goes_on.set()
        assert (await first).head.revision == 5
        assert revisions(await second, late) == [5, 6]

    during(scene)


def test_a_reading_is_used_again_while_nothing_changed(track):
    async def scene():
        pool = SlowPool()
        its = Past(track, pool)
        await its.of(asker(ADA, 3, track))
        assert revisions(await its.of(bob := asker(BOB, 4, track)), bob) == [5]
        assert pool.calls == 1
        await its.of(asker(BOB, 1, track))  # further back than was read
        assert pool.calls == 2
        its.forget()
        await its.of(asker(BOB, 4, track))
        assert pool.calls == 3
        track.source.head = Head(6, "one", 0)
        await its.of(asker(BOB, 4, track))  # the policy saw a later head
        assert pool.calls == 4
        track.delivered = 7
        await its.of(asker(BOB, 4, track))  # what was delivered meanwhile was not buffered for them
        assert pool.calls == 5

    during(scene)


def test_what_was_read_before_something_was_another_is_not_kept(track):
    async def scene():
        pool = SlowPool()
        its = Past(track, pool)
        pool.goes_on.clear()
        first = asyncio.ensure_future(its.of(asker(ADA, 5, track)))
        while not pool.calls:
            await asyncio.sleep(0)
        its.forget()
        pool.goes_on.set()
        await first
        await its.of(asker(BOB, 5, track))
        assert pool.calls == 2
        await its.of(asker(BOB, 5, track))
        assert pool.calls == 2

    during(scene)


def test_who_was_removed_since_the_policy_let_them_in_learns_nothing(track):
    async def scene():
        its = Past(track, SlowPool())
        eve, ada = asker(EVE, 4, track), asker(ADA, 4, track)
        # By the same stamp nobody is asked about again.
        assert (await its.of(asker(EVE, 4, track))).admits(eve)
        track.source.head = Head(5, "one", 1)
        its.forget()
        reading = await its.of(eve)
        assert not reading.admits(eve) and not reading.admits(ada)
        reading, _ = await asyncio.gather(its.of(ada), its.of(eve))
        assert reading.admits(ada) and not reading.admits(eve)

    during(scene)


def test_a_resume_asks_the_policy_in_full(track):
    async def scene():
        its = Past(track, SlowPool())
        await its.of(asker(ADA, 4, track))
        again = Asker(EVE, 4)
        assert not (await its.of(again)).admits(again)

    during(scene)


def test_who_is_too_far_behind_takes_nothing_from_the_others(track, settings):
    settings.LIVE = settings.LIVE | {"catch_up_limit": 2}

    async def scene():
        its = Past(track, SlowPool())
        far, near = asker(ADA, 0, track), asker(BOB, 4, track)
        told = await asyncio.gather(its.of(far), its.of(near))
        assert revisions(told[0], far) == [1, 2, 3] and revisions(told[1], near) == [5]

    during(scene)


def test_a_failure_is_told_to_all_and_forgotten(track):
    async def scene():
        pool = SlowPool()
        its = Past(track, pool)
        told = await asyncio.gather(
            *(its.of(Asker(ADA, "x", "one", track.source.head)) for _ in range(2)), return_exceptions=True
        )
        assert all(isinstance(one, TypeError) for one in told)
        assert (await its.of(asker(ADA, 5, track))).head.revision == 5

    during(scene)
