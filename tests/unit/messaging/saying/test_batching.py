"""Batches of posts: who waits for whom, and in what order posts are written."""

import asyncio

import pytest

from live.database.pool import Busy
from messaging.actions.changing import BRIEFLY, NOT, Held
from messaging.line import batching, queue

ALL = float("inf")


class Pool:
    """Notes each batch, and answers as it is told; a write takes as long as `gate` is closed."""

    def __init__(self):
        self.batches, self.held, self.gate = [], set(), asyncio.Event()
        self.gate.set()

    async def run(self, write, posts, *, waits):
        self.batches.append([post for _, post in posts])
        await self.gate.wait()
        if waits == BRIEFLY and not self.held.isdisjoint(id for id, _ in posts):
            raise Held
        return [Held() if waits == NOT and id in self.held else f"{post} is kept" for id, post in posts]

    async def run_in_turn(self, key, write, posts, *, waits):
        self.in_turn = key
        return await self.run(write, posts, waits=waits)


class Hub:
    def __init__(self):
        self.loop, self.writing = asyncio.get_running_loop(), Pool()
        self.works = []
        self.silences, self.speaking = [], {}  # {key: answers that are awaited}

    def is_speaking(self, key, answers):
        return answers < self.speaking.get(key, 0)

    def do(self, work):
        self.works.append(self.loop.create_task(work))


@pytest.fixture
async def hub():
    hub = Hub()
    yield hub
    assert not [work for work in hub.works if work.done() and work.exception()]


class Batcher(batching.Batcher):
    def posted(self, conversation_id, post):
        """A future of what the post is answered with."""
        answered = self._hub.loop.create_future()
        self.post(conversation_id, post, answered.set_result)
        return answered


async def test_what_comes_while_one_is_written_is_written_together(hub):
    hub.writing.gate.clear()
    at = Batcher(hub)
    first = at.posted(1, "a")
    await asyncio.sleep(0)
    others = [at.posted(2, "b"), at.posted(1, "c"), at.posted(1, "d")]
    hub.writing.gate.set()
    assert await asyncio.gather(first, *others) == [f"{post} is kept" for post in "abcd"]
    assert hub.writing.batches == [["a"], ["b", "c", "d"]]


@pytest.fixture
def many(monkeypatch):
    monkeypatch.setattr(batching, "locks_rows", lambda: True)
    monkeypatch.setattr(batching, "MANY", 2)


async def test_many_that_wait_are_written_beside_others_and_each_room_in_order(hub, many):
    hub.writing.gate.clear()
    at = Batcher(hub)
    told = [at.posted(1, "a")]
    await asyncio.sleep(0)
    told += [at.posted(1, "b"), at.posted(2, "c"), at.posted(3, "d"), at.posted(4, "e")]
    await asyncio.sleep(0)
    assert hub.writing.batches == [["a"], ["c", "d", "e"]]  # what is for the room that is written in waits
    hub.writing.gate.set()
    await asyncio.gather(*told)
    assert hub.writing.batches[2:] == [["b"]]


async def test_beside_the_second_batch_no_third_one_is_begun(hub, many):
    hub.writing.gate.clear()
    at = Batcher(hub)
    told = [at.posted(1, "a")]
    await asyncio.sleep(0)
    for posts in ("bc", "de"):
        told += [at.posted(place, post) for place, post in enumerate(posts, ord(posts[0]))]
        await asyncio.sleep(0)
    assert hub.writing.batches == [["a"], ["b", "c"]]
    hub.writing.gate.set()
    await asyncio.gather(*told)
    assert hub.writing.batches[2:] == [["d", "e"]]


async def test_few_that_wait_are_written_together(hub, many):
    hub.writing.gate.clear()
    at = Batcher(hub)
    told = [at.posted(1, "a")]
    await asyncio.sleep(0)
    told.append(at.posted(2, "b"))
    await asyncio.sleep(0)
    assert hub.writing.batches == [["a"]]
    hub.writing.gate.set()
    await asyncio.gather(*told)


async def test_a_busy_room_does_not_keep_another_waiting(hub, monkeypatch):
    monkeypatch.setattr(batching, "MOST_TOGETHER", 2)
    hub.writing.gate.clear()
    at = Batcher(hub)
    first = at.posted(1, "a")
    await asyncio.sleep(0)
    later = [at.posted(1, f"b{n}") for n in range(5)] + [at.posted(2, "quiet")]
    hub.writing.gate.set()
    await asyncio.gather(first, *later)
    assert hub.writing.batches[:3] == [["a"], ["b0", "b1"], ["quiet", "b2"]]
    assert [post for batch in hub.writing.batches for post in batch if post[0] == "b"] == [
        f"b{n}" for n in range(5)
    ]


async def test_what_somebody_else_holds_is_written_apart_and_in_order(hub):
    hub.writing.held.add(1)
    at = Batcher(hub)
    answers = await asyncio.gather(at.posted(1, "a"), at.posted(2, "b"), at.posted(1, "c"))
    assert answers == [f"{post} is kept" for post in "abc"]
    assert hub.writing.batches == [["a", "c", "b"], ["a", "c", "b"], ["a", "c"]]
    assert hub.writing.in_turn == "conversation:1"
    hub.writing.held.clear()
    async with asyncio.timeout(5):
        assert await at.posted(1, "d") == "d is kept"  # with others' again


async def test_who_could_not_be_written_is_told_why_and_the_next_is_written(hub):
    async def fails(*_, **__):
        raise OSError("no disk")

    at, run = Batcher(hub), hub.writing.run
    hub.writing.run = fails
    assert str(await at.posted(1, "a")) == "no disk"
    hub.writing.run = run
    assert await at.posted(1, "b") == "b is kept"


async def test_who_waits_behind_a_database_that_does_not_answer_hears_so_at_once(hub):
    asked = []

    async def answers_nothing(write, posts, **_):
        asked.append([post for _, post in posts])
        await hub.writing.gate.wait()
        raise Busy("the database did not answer in time")

    hub.writing.gate.clear()
    at, run, hub.writing.run = Batcher(hub), hub.writing.run, answers_nothing
    first = at.posted(1, "a")
    await asyncio.sleep(0)
    others = [at.posted(1, "b"), at.posted(2, "c")]
    hub.writing.gate.set()
    outcomes = await asyncio.gather(first, *others)
    assert [type(outcome) for outcome in outcomes] == [Busy] * 3
    assert asked == [["a"]]  # the others have not waited for an answer of their own
    hub.writing.run = run
    assert await at.posted(1, "d") == "d is kept"
    assert hub.writing.batches == [["d"]]


async def test_what_comes_while_a_room_is_told_is_written_after_it_and_together(hub, monkeypatch):
    monkeypatch.setattr(queue, "PATIENCE", 60)
    hub.speaking = {"conversation:1": ALL}
    at = Batcher(hub)
    told = [at.posted(1, "a"), at.posted(1, "b")]
    assert await at.posted(2, "elsewhere") == "elsewhere is kept"
    hub.speaking = {}
    for fall_silent in hub.silences:
        fall_silent()
    async with asyncio.timeout(5):
        await asyncio.gather(*told)
    assert hub.writing.batches == [["elsewhere"], ["a", "b"]]


async def test_what_comes_for_another_room_does_not_wait_for_a_loud_one(hub, monkeypatch):
    monkeypatch.setattr(queue, "PATIENCE", 60)
    hub.speaking = {"conversation:1": ALL}
    at = Batcher(hub)
    loud = at.posted(1, "loud")
    await asyncio.sleep(0.01)
    assert hub.writing.batches == []
    async with asyncio.timeout(5):
        assert await at.posted(2, "elsewhere") == "elsewhere is kept"
    assert not loud.done()


async def test_what_answers_a_room_is_written_as_soon_as_all_of_it_is_there(hub):
    hub.speaking = {"conversation:1": 2}
    at = Batcher(hub)
    first = at.posted(1, "a")
    await asyncio.sleep(0.01)
    assert hub.writing.batches == []
    await asyncio.gather(first, at.posted(1, "b"))
    assert hub.writing.batches == [["a", "b"]]


async def test_a_room_that_never_falls_silent_is_written_in_all_the_same(hub, monkeypatch):
    monkeypatch.setattr(queue, "PATIENCE", 0.01)
    hub.speaking = {"conversation:1": ALL}
    assert await Batcher(hub).posted(1, "a") == "a is kept"


async def test_other_rooms_do_not_keep_a_loud_one_waiting_longer(hub, monkeypatch):
    monkeypatch.setattr(queue, "PATIENCE", 0.01)
    hub.speaking = {"conversation:1": ALL}
    at, run = Batcher(hub), hub.writing.run

    async def takes_its_time(*asked, **how):
        await asyncio.sleep(0.01)
        return await run(*asked, **how)

    async def talks_on(room):
        while not loud.done():
            await at.posted(room, "on and on")

    hub.writing.run = takes_its_time
    loud = at.posted(1, "loud")
    async with asyncio.timeout(2):
        await asyncio.gather(loud, talks_on(2), talks_on(3))


async def test_what_comes_when_patience_ends_is_not_written_beside_what_is_being_written_there(
    hub, many, monkeypatch
):
    monkeypatch.setattr(queue, "PATIENCE", 0.01)
    hub.speaking = {f"conversation:{room}": ALL for room in (1, 2)}
    hub.writing.gate.clear()
    at, run, told = Batcher(hub), hub.writing.run, []

    async def comes(write, posts, *, waits):
        if not hub.writing.batches:
            told.append(at.posted(1, "c"))
        return await run(write, posts, waits=waits)

    hub.writing.run = comes
    told += [at.posted(1, "a"), at.posted(2, "b")]  # for which two writers wait
    await asyncio.sleep(0.05)
    assert hub.writing.batches == [["a", "b"]]
    hub.writing.gate.set()
    assert len(await asyncio.gather(*told)) == 3


async def test_who_cannot_be_told_keeps_nobody_else_from_it(hub, caplog):
    def is_gone(outcome):
        raise RuntimeError("the socket is gone")

    at = Batcher(hub)
    at.post(1, "a", is_gone)
    assert await at.posted(1, "b") == "b is kept"
    assert hub.writing.batches == [["a", "b"]] and "not answered" in caplog.text


# -- the queue itself ------------------------------------------------------------------------------------------------


def test_what_is_put_back_is_first_again_and_counts():
    waiting = queue.Queue(lambda: 0.0)
    for number in range(3):
        waiting.add((1, number, None))
    taken = waiting.take([1], 2)
    waiting.put_back(taken)
    assert waiting.count == 3
    assert [post for _, post, _ in waiting.take(list(waiting), waiting.count)] == [0, 1, 2]
    assert not waiting.count and not list(waiting)


def test_patience_ends_with_that_of_the_first():
    now = 0.0
    waiting = queue.Queue(lambda: now)
    waiting.add((1, "Hello", None))
    now = queue.PATIENCE / 2
    waiting.add((1, "again", None))
    waiting.add((2, "Hello", None))
    assert waiting.next_due([1, 2]) == queue.PATIENCE
    now = queue.PATIENCE
    assert waiting.is_impatient(1) and not waiting.is_impatient(2)
    waiting.take([1], 2)
    waiting.add((1, "anew", None))
    assert not waiting.is_impatient(1)
