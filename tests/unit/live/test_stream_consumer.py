"""Who comes back is told what they missed, as long as they can take it in at once."""

import asyncio
import json
from types import SimpleNamespace

import pytest

from live.arriving.past import Asker, Reading
from live.sockets.stream_consumer import StreamConsumer
from live.streams import Change, Head, Source
from live.writers.outlet import Outlet

HEAD = Head(revision=10, epoch="one", access=1)


class Words(Source):
    def say(self, change, revision, dialect, since):
        return [{"revision": revision, "words": change.noun}]


def told(*nouns):
    """What somebody is told who missed these."""
    line = StreamConsumer()
    line.source = Words()
    first = HEAD.revision - len(nouns)
    changes = [Change(revision, revision, noun) for revision, noun in enumerate(nouns, first + 1)]
    (packet,) = line._told(Reading(HEAD, changes={first: changes}), Asker(1, first, "one"))
    return [json.loads(text) for text in packet.texts]


def test_who_missed_little_is_told_it():
    assert told("a", "b") == [
        {"revision": 9, "words": "a"},
        {"revision": 10, "words": "b"},
        {"type": "synced", "revision": 10},
    ]


def test_who_missed_more_than_may_wait_for_a_reader_loads_anew(settings):
    """They would be cut off as a slow reader, however fast they read."""
    long = "x" * (settings.LIVE["unsent_limit"] // 4)
    assert told(long, long)[-1] == {"type": "synced", "revision": 10}
    assert told(long, long, long) == [{"type": "reset", "why": "too_far", "epoch": "one", "revision": 10}]


# -- who is gone before it was told ------------------------------------------------------------------------------------


class Hub:
    """The past is told when `gate` opens; `here` is who is said to be here."""

    mode = "live"

    def __init__(self):
        self.gate, self.following, self.here = asyncio.Event(), set(), []
        self.follow, self.leave = self.following.add, self.following.discard
        self.roster = SimpleNamespace(
            arrive=lambda key, user_id: self.here.append(user_id),
            depart=lambda key, user_id: self.here.remove(user_id),
        )
        self.introductions = SimpleNamespace(introduce=lambda follower: None)

    async def past_of(self, key, asker):
        await self.gate.wait()
        return Reading(HEAD, {1})

    def caught_up(self, follower, head):
        assert follower in self.following

    def closed(self, socket):
        pass


@pytest.mark.parametrize("when", ["never", "while the past is read", "by what it is told"])
async def test_who_is_cut_off_before_it_is_level_is_not_said_to_be_here(monkeypatch, when):
    monkeypatch.setattr("live.sockets.stream_consumer.source_of", lambda key: (Words(), 1))
    line, hub = StreamConsumer(), Hub()
    line.hub, line.scope, line.key, line.standing = hub, {"query_string": b""}, "words:1", None
    line.user_id, line.plain, line.closed = 1, False, False
    line.writer = SimpleNamespace(close=lambda code: None)
    line.outlet = Outlet(lambda packet: line.close(4510) if when == "by what it is told" else None)
    arriving = asyncio.ensure_future(line.arrive())
    await asyncio.sleep(0)
    assert hub.following
    if when == "while the past is read":
        line.close(1012)
    hub.gate.set()
    await arriving
    assert (len(hub.following), hub.here) == ((1, [1]) if when == "never" else (0, []))
