"""Who was told of an earlier moment than its track knows misses nothing, and hears nothing it may not."""

import asyncio
import json
from contextlib import nullcontext

import pytest

from live import streams
from live.arriving import past
from live.hub import Hub
from live.streams import Change, Head, Source
from live.tracks import reading
from live.tracks.follower import Follower
from live.writers.outlet import Outlet

KEY = "log:1"
ADA, BOB = 1, 2


class Log(Source):
    """A stream whose past is a list; `people` may follow it."""

    kind = "log"

    def __init__(self):
        self.changed, self.people, self.epoch, self.access, self.failure = [], {ADA, BOB}, "then", 1, None

    @property
    def head(self):
        return Head(len(self.changed), self.epoch, self.access)

    def adds(self):
        revision = len(self.changed) + 1
        self.changed.append(Change(revision, revision, None, self.access))
        return self.changed[-1]

    def puts_out(self, user_id):
        self.people.discard(user_id)
        self.access += 1

    def heads(self, ids):
        if self.failure:
            raise self.failure
        return {1: self.head}

    def changes(self, id, since, limit):
        return [change for change in self.changed if change.revision > since][:limit]

    def allowed(self, id, user_ids):
        return self.people & set(user_ids)

    def say(self, change, revision, dialect, since):
        return [{"revision": revision}]

    def whispered(self, id, whisper, dialect):
        return [{"revision": "a receipt"}]


class Reader:
    def __init__(self, user_id):
        self.user_id, self.heard, self.noticed, self.end = user_id, [], [], None
        self.outlet = Outlet(self.write)

    def write(self, packet):
        self.heard += [json.loads(text)["revision"] for text in packet.texts]

    def lost(self, key):
        self.end = "lost"

    def give_up(self, error):
        self.end = error

    def close(self, code):
        self.end = code


class Threads:
    """They answer when they may."""

    def __init__(self):
        self.may = asyncio.Event()
        self.may.set()

    async def run(self, function, *args):
        await asyncio.sleep(0)
        answer = function(*args)
        await self.may.wait()
        return answer


class Scene:
    """Both follow a stream that nobody here has followed before; Bob was told of the moment before `later`."""

    def __init__(self):
        self.log = Log()
        self.log.adds()
        streams.register(self.log)
        self.hub = Hub(asyncio.get_running_loop())
        self.hub.reading = Threads()
        self.ada, self.bob = Reader(ADA), Reader(BOB)
        self.of = {one: self.follows(one) for one in (self.ada, self.bob)}

    def follows(self, reader):
        follower = Follower(KEY, "v2", reader, lambda key, change, revision: reader.noticed.append(revision))
        self.hub.follow(follower)
        return follower

    def says(self):
        change = self.log.adds()
        self.hub.delivery.changed(KEY, change.revision, change)

    def tells(self, reader, head):
        return self.hub.caught_up(self.of[reader], head)

    async def settles(self):
        for _ in range(20):
            await asyncio.sleep(0)


@pytest.fixture
def scene(monkeypatch):
    for module in (past, reading):
        monkeypatch.setattr(module, "snapshot", nullcontext)
    monkeypatch.setattr(streams, "_sources", {})


@pytest.fixture
async def airfield(scene):
    return Scene()


async def test_what_was_said_before_the_track_began_is_told(airfield):
    bobs = airfield.log.head
    airfield.says()
    airfield.tells(airfield.ada, airfield.log.head)
    await airfield.tells(airfield.bob, bobs)
    airfield.says()
    await airfield.settles()
    assert airfield.bob.heard == [2, 3] == airfield.bob.noticed and airfield.ada.heard == [3]


async def test_what_is_said_while_that_is_read_comes_after_it(airfield):
    bobs = airfield.log.head
    airfield.says()
    airfield.tells(airfield.ada, airfield.log.head)
    airfield.hub.reading.may.clear()
    telling = airfield.tells(airfield.bob, bobs)
    await airfield.settles()
    airfield.says(), airfield.says()
    assert airfield.bob.heard == []
    airfield.hub.reading.may.set()
    await telling
    assert airfield.bob.heard == [2, 3, 4]


async def test_who_was_told_of_the_moment_the_track_knows_is_told_nothing_more(airfield):
    airfield.tells(airfield.ada, airfield.log.head)
    assert airfield.tells(airfield.bob, airfield.log.head) is None
    airfield.says()
    await airfield.settles()
    assert airfield.bob.heard == [2]


async def test_who_knows_more_than_the_track_has_the_others_told(airfield):
    airfield.tells(airfield.ada, airfield.log.head)
    airfield.log.adds()
    airfield.tells(airfield.bob, airfield.log.head)
    await airfield.settles()
    assert (airfield.ada.heard, airfield.bob.heard) == ([2], [])
    airfield.says()
    await airfield.settles()
    assert (airfield.ada.heard, airfield.bob.heard) == ([2, 3], [3])


async def test_who_knows_that_somebody_was_put_out_has_the_others_asked_about(airfield):
    airfield.tells(airfield.bob, airfield.log.head)
    airfield.log.puts_out(BOB)
    airfield.tells(airfield.ada, airfield.log.head)
    await airfield.settles()
    assert (airfield.ada.end, airfield.bob.end) == (None, "lost")


@pytest.mark.parametrize("meanwhile", ["something is said", "nothing is said"])
async def test_who_was_removed_before_the_track_began_hears_nothing(airfield, meanwhile):
    bobs = airfield.log.head
    airfield.log.puts_out(BOB)
    airfield.tells(airfield.ada, airfield.log.head)
    if meanwhile == "something is said":
        airfield.says()
    airfield.tells(airfield.bob, bobs)
    airfield.says()
    await airfield.settles()
    assert (airfield.bob.heard, airfield.bob.end) == ([], "lost")
    assert airfield.ada.heard == [change.revision for change in airfield.log.changed[1:]]


async def test_who_was_not_the_one_removed_stays(airfield):
    adas = airfield.log.head
    airfield.log.puts_out(BOB)
    airfield.hub.tracks[KEY].begin(airfield.log.head)
    await airfield.tells(airfield.ada, adas)
    airfield.says()
    await airfield.settles()
    assert (airfield.ada.heard, airfield.ada.end) == ([2], None)


async def test_another_past_begins_buffers_anew(airfield):
    """After a restore nothing that was buffered before counts."""
    airfield.tells(airfield.ada, airfield.log.head)
    airfield.ada.reset = lambda key, head: airfield.ada.heard.append("reset")
    airfield.bob.reset = lambda key, head: None
    airfield.log.epoch = "now"
    bobs = airfield.log.head
    airfield.log.adds()
    airfield.hub.delivery.changed(KEY, 2)
    await airfield.settles()
    await airfield.tells(airfield.bob, bobs)
    assert airfield.bob.heard == [2] and airfield.ada.heard == ["reset"]


async def test_who_cannot_be_told_begins_anew(airfield):
    bobs = airfield.log.head
    airfield.says()
    airfield.tells(airfield.ada, airfield.log.head)
    airfield.log.failure = LookupError("nobody answers")
    await airfield.tells(airfield.bob, bobs)
    assert airfield.bob.end is airfield.log.failure and airfield.bob.heard == []


async def test_who_is_too_far_behind_begins_anew(airfield, settings):
    settings.LIVE = settings.LIVE | {"catch_up_limit": 1}
    bobs = airfield.log.head
    airfield.says(), airfield.says()
    airfield.tells(airfield.ada, airfield.log.head)
    await airfield.tells(airfield.bob, bobs)
    assert airfield.bob.end == 1013 and airfield.bob.heard == []


@pytest.mark.parametrize("when", ["before it is read", "while it is read", "while it fails"])
async def test_who_leaves_is_told_nothing(airfield, when):
    bobs = airfield.log.head
    airfield.says()
    airfield.tells(airfield.ada, airfield.log.head)
    telling = airfield.tells(airfield.bob, bobs)
    if when == "while it fails":
        airfield.log.failure = LookupError("nobody answers")
    if when != "before it is read":
        await asyncio.sleep(0)
    airfield.hub.leave(airfield.of[airfield.bob])
    await telling
    assert (airfield.bob.heard, airfield.bob.end) == ([], None)


async def test_a_receipt_is_told_to_who_is_told_of_the_moment_before(airfield):
    bobs = airfield.log.head
    airfield.tells(airfield.ada, bobs)
    airfield.hub._heard({"from": "elsewhere", "key": KEY, "whisper": {"kind": "read", "user_id": ADA}})
    await airfield.settles()
    assert airfield.bob.heard == []
    airfield.tells(airfield.bob, bobs)
    assert airfield.ada.heard == airfield.bob.heard == ["a receipt"]
