"""Streams of a kind are read together, one reading at a time, and none is left out or left being read."""

import asyncio
import contextlib

import pytest

from live.streams import Change, Head, Source
from live.tracks import reading
from live.tracks.reading import Reader
from live.tracks.track import Track


class Logs(Source):
    """Each as long as `lengths` says."""

    def __init__(self, lengths):
        self.lengths, self.asked = lengths, []

    def changes(self, id, since, limit):
        past = [Change(revision, revision, None) for revision in range(since + 1, self.lengths[id] + 1)]
        return past[:limit]

    def heads(self, ids):
        self.asked.append(ids)
        return {id: Head(self.lengths[id], "then", 0) for id in ids}


class Hub:
    def __init__(self):
        self.loop, self.reading = asyncio.get_running_loop(), self
        self.gate, self.failed = asyncio.Event(), []
        self.gate.set()

    async def run(self, function, *args):
        await self.gate.wait()
        return function(*args)

    def do(self, work):
        task = self.loop.create_task(work)
        task.add_done_callback(lambda done: done.exception() and self.failed.append(done.exception()))
        return task


@pytest.fixture(autouse=True)
def without_a_database(monkeypatch):
    monkeypatch.setattr(reading, "snapshot", contextlib.nullcontext)


@pytest.fixture
def logs():
    return Logs({1: 3, 2: 5, 3: 0})


@pytest.fixture
async def hub():
    return Hub()


@pytest.fixture
async def tracks(hub, logs):
    tracks = {id: Track(f"log:{id}", logs, id, hub.loop) for id in logs.lengths}
    for track in tracks.values():
        track.delivered = 0
    return tracks


@pytest.fixture
async def reader(hub):
    async def take_in(track, since, changes, head, is_whole):
        assert since == track.delivered and len(changes) <= head.revision - since
        track.delivered += len(changes)
        track.again |= not is_whole

    return Reader(hub, take_in)


async def all_read(tracks):
    async with asyncio.timeout(5):
        for track in tracks.values():
            while track.reading:
                await track.reading
        await asyncio.sleep(0)  # for whoever looks after what has failed
        await asyncio.sleep(0)


async def test_what_comes_while_a_reading_is_under_way_is_read_together(hub, logs, tracks, reader):
    hub.gate.clear()
    reader.read(tracks[3])
    await asyncio.sleep(0)
    reader.read(tracks[1]), reader.read(tracks[2]), reader.read(tracks[1])
    hub.gate.set()
    await all_read(tracks)
    assert logs.asked[:2] == [[3], [1, 2]]
    assert [track.delivered for track in tracks.values()] == [3, 5, 0]


def test_changes_and_where_they_end_are_read_of_one_moment(logs, monkeypatch):
    """A change between the two would be skipped, as one of which nothing is left to tell."""
    moments = []

    @contextlib.contextmanager
    def snapshot():
        moments.append("a moment")
        yield
        moments.append(logs.asked[:])

    monkeypatch.setattr(reading, "snapshot", snapshot)
    logs.changes = lambda *asked: logs.asked.append("changes") or []
    reading.readings_of(logs, {1: 0})
    assert moments == ["a moment", ["changes", [1]]]


async def test_what_did_not_fit_is_read_until_all_are_level(hub, logs, tracks, reader, monkeypatch):
    monkeypatch.setattr(reading, "PAGE", 2)
    for track in tracks.values():
        reader.read(track)
    await all_read(tracks)
    assert [track.delivered for track in tracks.values()] == [3, 5, 0]


async def test_a_crowd_of_streams_is_read_in_parts(hub, logs, tracks, reader, monkeypatch):
    monkeypatch.setattr(reading, "TOGETHER", 2)
    for track in tracks.values():
        reader.read(track)
    await all_read(tracks)
    assert logs.asked == [[1, 2], [3]]


async def test_two_tracks_of_one_stream_are_read_from_where_each_stands(hub, logs, tracks, reader):
    left = Track("log:1", logs, 1, hub.loop)
    left.delivered = 2
    reader.read(tracks[1]), reader.read(left)
    await all_read({**tracks, "left": left})
    assert (tracks[1].delivered, left.delivered) == (3, 3)


async def test_a_reading_that_fails_leaves_nobody_waiting_and_the_next_succeeds(hub, logs, tracks, reader):
    lengths, logs.lengths = logs.lengths, None
    reader.read(tracks[1])
    await asyncio.sleep(0)
    await all_read(tracks)
    assert len(hub.failed) == 1 and tracks[1].delivered == 0
    logs.lengths = lengths
    reader.read(tracks[1])
    await all_read(tracks)
    assert tracks[1].delivered == 3


async def test_one_that_cannot_be_taken_in_holds_up_no_other(hub, tracks):
    async def take_in(track, since, changes, *_):
        if track.id == 1:
            raise LookupError
        track.delivered = len(changes)

    reader = Reader(hub, take_in)
    reader.read(tracks[1]), reader.read(tracks[2])
    await all_read(tracks)
    assert tracks[2].delivered == 5 and [type(error) for error in hub.failed] == [LookupError]
