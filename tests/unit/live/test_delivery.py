"""However news arrives, each revision goes out once, in order, and to nobody who may not follow any longer."""

import asyncio
import contextlib
import json

import pytest

from live.streams import Change, Head, Source
from live.tracks import reading as module
from live.tracks.delivery import HOLD, Delivery
from live.tracks.follower import Follower
from live.tracks.track import Track
from live.writers.outlet import Outlet

KEY = "log:1"


class Log(Source):
    """A stream whose past is a list; `people` may follow it."""

    def __init__(self):
        self.changed, self.people, self.epoch, self.access, self.readings = [], {1, 2}, "then", 0, 0

    def adds(self, count=1):
        for _ in range(count):
            revision = len(self.changed) + 1
            self.changed.append(Change(revision, revision, None, self.access))
        return self.changed[-1]

    def heads(self, ids):
        return {id: Head(len(self.changed), self.epoch, self.access) for id in ids}

    def changes(self, id, since, limit):
        self.readings += 1
        return [change for change in self.changed if change.revision > since][:limit]

    def allowed(self, id, user_ids):
        return self.people & set(user_ids)

    def say(self, change, revision, dialect, since):
        return [{"revision": revision}]


class Reader:
    def __init__(self, user_id):
        self.user_id, self.heard, self.lost_at, self.resets = user_id, [], None, []
        self.outlet = Outlet(self.write)

    def write(self, packet):
        self.heard += [json.loads(text)["revision"] for text in packet.texts]

    def lost(self, key):
        self.lost_at = list(self.heard)

    def reset(self, key, head):
        self.resets.append((head.epoch, head.revision))


class Hub:
    """As much of a hub as delivery asks for."""

    def __init__(self, log):
        self.loop, self.reading = asyncio.get_running_loop(), self
        self.tracks = {KEY: Track(KEY, log, 1, self.loop)}

    async def run(self, function, *args):
        await asyncio.sleep(0)
        return function(*args)

    def do(self, work):
        return self.loop.create_task(work)

    def leave(self, follower):
        self.tracks[KEY].drop(follower)


@pytest.fixture(autouse=True)
def without_a_database(monkeypatch):
    monkeypatch.setattr(module, "snapshot", contextlib.nullcontext)


class Scene:
    def __init__(self):
        self.log = Log()
        self.hub = Hub(self.log)
        self.delivery = Delivery(self.hub)
        self.track = self.hub.tracks[KEY]
        self.track.delivered, self.track.epoch, self.track.access = 0, "then", 0
        self.ada, self.bob = self.joins(1), self.joins(2)

    def joins(self, user_id, track=None):
        track = track or self.track
        reader = Reader(user_id)
        follower = Follower(track.key, "v2", reader)
        track.take_in(follower)
        follower.position = track.delivered
        track.settle(follower)
        return reader

    def follows(self, id):
        """A stream of which nobody has told yet where it stands."""
        track = self.hub.tracks[f"log:{id}"] = Track(f"log:{id}", self.log, id, self.hub.loop)
        return track

    def polls(self):
        self.delivery.compare(KEY, self.log.heads([1]).get(1), self.delivery.delivered(KEY))

    async def settles(self):
        for _ in range(5):
            await asyncio.sleep(0)
            if self.track.reading:
                await self.track.reading
        await asyncio.sleep(0)


async def test_what_is_handed_over_is_not_read():
    scene = Scene()
    scene.delivery.changed(KEY, 1, scene.log.adds())
    await scene.settles()
    assert (scene.ada.heard, scene.log.readings) == ([1], 0)


async def test_a_hint_without_a_change_is_read():
    scene = Scene()
    scene.log.adds(3)
    scene.log.allowed = None  # nobody may have lost access: nobody is asked about
    scene.delivery.changed(KEY, 3)
    await scene.settles()
    assert (scene.ada.heard, scene.log.readings) == ([1, 2, 3], 1)


async def test_what_is_handed_over_while_it_is_read_is_told_once():
    scene = Scene()
    change = scene.log.adds()
    scene.delivery.changed(KEY, 1)
    await asyncio.sleep(0)  # the reading has begun
    scene.delivery.changed(KEY, 1, change)
    scene.log.adds()
    await scene.settles()
    assert scene.ada.heard == [1, 2]


async def test_a_reading_that_was_overtaken_takes_nothing_back():
    scene = Scene()

    def read_before_it_is_said(*asked):
        scene.hub.loop.call_soon(lambda: scene.delivery.changed(KEY, 1, scene.log.adds()))
        return []

    scene.log.changes = read_before_it_is_said
    scene.delivery.changed(KEY, 1)
    await scene.settles()
    assert scene.ada.heard == [1] and scene.delivery.delivered(KEY) == 1


async def test_what_is_not_to_be_told_any_more_is_passed_over():
    """A room was cleared: of what was in it nothing is left to read."""
    scene = Scene()
    scene.log.adds(3)
    scene.log.changes = lambda *asked: []
    scene.delivery.changed(KEY, 3)
    await scene.settles()
    assert scene.delivery.delivered(KEY) == 3
    scene.delivery.changed(KEY, 4, scene.log.adds())
    await scene.settles()
    assert scene.ada.heard == [4]


async def test_news_of_what_nobody_here_has_been_told_of_is_left():
    scene = Scene()
    scene.follows(2)
    for key in ("log:2", "log:3"):
        scene.delivery.changed(key, 1, scene.log.adds())
        scene.delivery.compare(key, scene.log.heads([1])[1], scene.delivery.delivered(key))
    await scene.settles()
    assert scene.log.readings == 0


async def test_a_change_that_is_early_waits_for_the_one_before():
    scene = Scene()
    first, second = scene.log.adds(), scene.log.adds()
    scene.delivery.changed(KEY, 2, second)
    await scene.settles()
    assert scene.ada.heard == []
    scene.delivery.changed(KEY, 1, first)
    await scene.settles()
    assert (scene.ada.heard, scene.log.readings) == ([1, 2], 0)


async def test_a_change_whose_forerunner_never_comes_is_read():
    scene = Scene()
    scene.log.adds()
    scene.delivery.changed(KEY, 2, scene.log.adds())
    await asyncio.sleep(HOLD * 2)
    await scene.settles()
    assert scene.ada.heard == [1, 2] and not scene.track.held


async def test_old_news_says_nothing():
    scene = Scene()
    scene.delivery.changed(KEY, 1, scene.log.adds())
    scene.delivery.changed(KEY, 1)
    scene.delivery.changed(KEY, 1, scene.log.changed[0])
    await scene.settles()
    assert (scene.ada.heard, scene.log.readings) == ([1], 0)


async def test_who_lost_access_hears_nothing_that_came_after():
    scene = Scene()
    scene.delivery.changed(KEY, 1, scene.log.adds())
    scene.log.people, scene.log.access = {1}, 1
    scene.delivery.changed(KEY, 2, scene.log.adds())
    await scene.settles()
    assert scene.ada.heard == [1, 2]
    assert (scene.bob.heard, scene.bob.lost_at) == ([1], [1])
    read = scene.log.readings
    scene.delivery.changed(KEY, 3, scene.log.adds())
    await scene.settles()
    assert (scene.ada.heard, scene.log.readings) == ([1, 2, 3], read)


async def test_who_is_sent_away_has_heard_what_came_before():
    scene = Scene()
    scene.delivery.changed(KEY, 1, scene.log.adds())
    scene.delivery.send_away(scene.track, scene.track.followers())
    assert scene.ada.lost_at == scene.bob.lost_at == [1]


async def test_the_poll_cuts_off_without_a_change():
    scene = Scene()
    scene.log.people, scene.log.access = {1}, 1
    scene.polls()
    await scene.settles()
    assert scene.ada.lost_at is None and not scene.ada.resets
    assert scene.bob.lost_at == []


async def test_somebody_who_comes_while_it_is_asked_is_asked_about_too():
    scene = Scene()
    scene.log.people, scene.log.access = {1, 3}, 1
    scene.polls()
    await asyncio.sleep(0)
    carol = scene.joins(3)
    await scene.settles()
    assert carol.lost_at is None
    assert scene.bob.lost_at == []


async def test_the_poll_finds_what_nobody_told():
    scene = Scene()
    scene.log.adds(2)
    scene.polls()
    await asyncio.sleep(HOLD * 2)
    await scene.settles()
    assert scene.bob.heard == [1, 2]
    assert scene.delivery.found_by_poll == 1


async def test_the_poll_leaves_to_the_writer_what_it_is_handing_over():
    scene = Scene()
    change = scene.log.adds()
    scene.polls()  # committed, and not handed over yet
    scene.delivery.changed(KEY, 1, change)
    await asyncio.sleep(HOLD * 2)
    await scene.settles()
    assert (scene.bob.heard, scene.log.readings, scene.delivery.found_by_poll) == ([1], 0, 0)


async def test_the_poll_is_not_misled_by_what_came_while_it_looked():
    scene = Scene()
    delivered, head = scene.delivery.delivered(KEY), scene.log.heads([1])[1]
    scene.delivery.changed(KEY, 1, scene.log.adds())
    scene.delivery.compare(KEY, head, delivered)
    await scene.settles()
    assert (scene.bob.heard, scene.log.readings) == ([1], 0)


async def test_the_poll_sees_a_log_that_is_shorter_than_it_was():
    scene = Scene()
    scene.delivery.changed(KEY, 1, scene.log.adds())
    scene.log.changed.clear()
    scene.polls()
    await scene.settles()
    assert scene.ada.resets == [("then", 0)]


async def test_another_epoch_makes_everybody_count_anew():
    scene = Scene()
    scene.log.adds(5)
    scene.log.epoch = "now"
    scene.polls()
    await scene.settles()
    assert scene.ada.resets == [("now", 5)]
    scene.delivery.changed(KEY, 6, scene.log.adds())
    await scene.settles()
    assert scene.ada.heard == [6]


async def test_who_is_not_of_the_restored_state_is_cut_off():
    scene = Scene()
    scene.log.people, scene.log.epoch = {1}, "now"
    scene.polls()
    await scene.settles()
    assert (scene.ada.resets, scene.bob.resets) == ([("now", 0)], [])
    assert scene.bob.lost_at == []


async def test_a_stream_that_is_gone_is_left():
    scene = Scene()
    scene.log.heads = lambda ids: {}
    scene.polls()
    await scene.settles()
    assert scene.ada.lost_at == scene.bob.lost_at == []


async def test_more_than_a_page_is_read_page_by_page(monkeypatch):
    monkeypatch.setattr(module, "PAGE", 10)
    scene = Scene()
    scene.log.adds(35)
    scene.delivery.changed(KEY, 35)
    await scene.settles()
    assert scene.ada.heard == list(range(1, 36))


async def test_a_page_that_another_stream_fills_hides_nothing(monkeypatch):
    monkeypatch.setattr(module, "PAGE", 3)
    scene = Scene()
    track = scene.follows(2)
    track.begin(Head(0, "then", 0))
    carol = scene.joins(3, track)
    scene.log.adds(3)
    scene.delivery.changed(KEY, 3)
    scene.delivery.changed(track.key, 3)
    await scene.settles()
    assert scene.ada.heard == carol.heard == [1, 2, 3]
