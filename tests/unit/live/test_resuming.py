"""Who asks what a gap hid is answered in order: nothing that is said meanwhile comes before the answer."""

import asyncio
import json
from types import SimpleNamespace

import pytest

from live.arriving.past import Reading
from live.database.pool import Busy
from live.hub import Hub
from live.sockets.errors import Refused
from live.sockets.stream_consumer import RESUMES, StreamConsumer
from live.streams import Change, Head, Source
from live.tracks.follower import Follower
from live.tracks.track import Track
from live.writers.outlet import Outlet

KEY = "log:1"


class Numbers(Source):
    def say(self, change, revision, dialect, since):
        return [{"type": "said", "revision": revision}]


class House(Hub):
    """A hub with one track, whose past is told when `gate` opens; or `failure` is raised."""

    def __init__(self, revision):
        self.loop, self.gate, self.failure, self.allowed = (
            asyncio.get_running_loop(),
            asyncio.Event(),
            None,
            {1},
        )
        self.delivery = SimpleNamespace(
            read=lambda track: None, delays=SimpleNamespace(forget=lambda key: None)
        )
        track = Track(KEY, Numbers(), 1, self.loop)
        track.delivered, track.epoch, track.access = revision, "then", 0
        self.tracks, self.sockets, self.said = {KEY: track}, set(), []
        self.roster = None

    async def past_of(self, key, asker):
        head = Head(self.tracks[KEY].delivered, "then", 0)  # the moment that is told of
        await self.gate.wait()
        if self.failure:
            raise self.failure
        changes = [Change(number, number, None) for number in range(asker.since + 1, head.revision + 1)]
        return Reading(head, self.allowed, {asker.since: changes})

    def closed(self, socket):
        pass

    async def says(self, revision):
        self.tracks[KEY].deliver(revision, Change(revision, revision, None))
        await asyncio.sleep(0)


class Ear(StreamConsumer):
    """A v2 line, level with the track; `heard` are the numbers it was told, and where it was told that this was all."""

    def __init__(self, hub):
        self.hub, self.user_id, self.plain, self.closed, self.code = hub, 1, False, False, None
        self.key, self.source, self.heard, self._queue = KEY, hub.tracks[KEY].source, [], ()
        self.writer = SimpleNamespace(close=self._note)
        self.outlet = Outlet(self._hear)
        self.follower = Follower(KEY, "v2", self)
        hub.follow(self.follower)
        hub.caught_up(self.follower, Head(hub.tracks[KEY].delivered, "then", 0))

    def _note(self, code):
        self.code = code

    def _hear(self, packet):
        told = map(json.loads, packet.texts)
        self.heard += [f["revision"] if f["type"] == "said" else f"{f['type']} {f['revision']}" for f in told]

    def pongs(self):
        return json.loads(self.pong().texts[0])["revision"]


@pytest.fixture
async def hub():
    return House(revision=3)


@pytest.fixture
async def ear(hub):
    return Ear(hub)


async def asks(ear, since):
    asking = asyncio.ensure_future(ear._resume(since))
    await asyncio.sleep(0)
    return asking


async def test_what_is_said_while_the_past_is_read_comes_after_it(hub, ear):
    asking = await asks(ear, since=1)
    await hub.says(4)
    assert ear.heard == [] and ear.pongs() == 0
    hub.gate.set()
    await asking
    await hub.says(5)
    assert ear.heard == [2, 3, "synced 3", 4, 5] and ear.pongs() == 5


async def test_what_waited_to_be_written_comes_before_it(hub, ear):
    hub.tracks[KEY].deliver(4, Change(4, 4, None))
    asking = await asks(ear, since=2)
    hub.gate.set()
    await asking
    assert ear.heard == [4, 3, 4, "synced 4"]


@pytest.mark.parametrize("failure, code", [(Busy("locked"), 1013), (Refused(4403), 4403)])
async def test_who_cannot_be_answered_is_not_left_waiting(hub, ear, failure, code):
    hub.failure = failure
    asking = await asks(ear, since=1)
    await hub.says(4)
    hub.gate.set()
    await asking
    assert (ear.heard, ear.code) == ([], code) and not hub.tracks


async def test_who_may_not_be_there_any_more_is_told_nothing(hub, ear):
    hub.allowed = set()
    asking = await asks(ear, since=1)
    hub.gate.set()
    await asking
    assert (ear.heard, ear.code) == ([], 4403)


async def test_who_left_before_the_answer_is_told_nothing(hub, ear):
    asking = await asks(ear, since=1)
    ear._end()
    hub.gate.set()
    await asking
    assert ear.heard == []


async def test_who_is_cut_off_by_the_answer_is_told_nothing_more(hub, ear):
    """As one who lags too far behind."""
    ear.outlet.otherwise = lambda packet: ear.close(4510)
    asking = await asks(ear, since=1)
    hub.gate.set()
    await asking
    assert ear.code == 4510 and not hub.tracks


async def test_who_has_left_is_asked_nothing(hub, ear):
    ear._end()
    await (await asks(ear, since=1))
    assert ear.heard == []


async def test_one_person_cannot_have_the_past_read_again_and_again(hub, ear, monkeypatch):
    waited = []

    async def waits(seconds):
        waited.append(seconds)
        RESUMES.clear()

    monkeypatch.setattr("live.sockets.stream_consumer.RESUMES_AT_ONCE", 2)
    monkeypatch.setattr("live.sockets.stream_consumer.sleep", waits)
    hub.gate.set()
    another = Ear(hub)
    for line in (ear, another):
        await line._resume(2)
    assert not waited
    await another._resume(2)
    assert another.heard == [3, "synced 3"] * 2 and len(waited) == 1 and 0 < waited[0] <= 0.5


async def test_who_left_meanwhile_waits_no_more(hub, ear, monkeypatch):
    async def leaves(seconds):
        ear._end()

    monkeypatch.setattr("live.sockets.stream_consumer.RESUMES_AT_ONCE", 0)
    monkeypatch.setattr("live.sockets.stream_consumer.sleep", leaves)
    hub.gate.set()
    await ear._resume(2)
    assert ear.closed and not ear.heard and hub.tracks == {}
