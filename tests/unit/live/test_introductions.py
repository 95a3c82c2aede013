"""Who comes is told who is here, as it is a moment after they came; who come together share the telling."""

import asyncio
from types import SimpleNamespace

import orjson
import pytest

from live import streams
from live.arriving.introductions import Introductions


class Source:
    kind = "house"

    def whispered(self, id, whisper, dialect):
        return [{"here": whisper["here"], "dialect": dialect}]


class Pool:
    def __init__(self):
        self.asked, self.gate = 0, asyncio.Event()
        self.gate.set()

    async def run(self, function, *args):
        self.asked += 1
        await self.gate.wait()
        return function(*args)


class Newcomer(SimpleNamespace):
    def __init__(self, dialect="v2"):
        super().__init__(key="house:1", dialect=dialect, heard=[], failure=None, socket=self)

    def write(self, packet):
        self.heard += [orjson.loads(text) for text in packet.texts]

    def give_up(self, error):
        self.failure = error


@pytest.fixture
def hub(monkeypatch):
    monkeypatch.setitem(streams._sources, "house", Source())
    here = []
    whispers = SimpleNamespace(for_newcomers=lambda key: [{"here": list(here)}])
    return SimpleNamespace(do=asyncio.ensure_future, reading=Pool(), here=here, whispers=whispers)


async def settled(hub):
    hub.reading.gate.set()
    for _ in range(10):
        await asyncio.sleep(0)


async def test_those_who_come_together_share_one_telling_in_each_dialect(hub):
    introductions, people = Introductions(hub), [Newcomer(), Newcomer(), Newcomer("plain")]
    for number, one in enumerate(people):
        hub.here.append(number)
        introductions.introduce(one)
    await settled(hub)
    assert [one.heard for one in people] == [
        [{"here": [0, 1, 2], "dialect": dialect}] for dialect in ("v2", "v2", "plain")
    ]
    assert hub.reading.asked == 2 and introductions._waiting == {}


async def test_nobody_is_told_of_a_moment_before_they_came(hub):
    introductions, first, second = Introductions(hub), Newcomer(), Newcomer()
    hub.reading.gate.clear()
    hub.here.append(1)
    introductions.introduce(first)
    await asyncio.sleep(0)
    hub.here.append(2)
    introductions.introduce(second)
    await settled(hub)
    assert [first.heard[0]["here"], second.heard[0]["here"]] == [[1], [1, 2]]


async def test_who_cannot_be_told_is_not_left_in_the_dark(hub):
    async def fails(*what):
        raise LookupError

    hub.reading.run, one, introductions = fails, Newcomer(), Introductions(hub)
    introductions.introduce(one)
    await settled(hub)
    assert isinstance(one.failure, LookupError) and introductions._waiting == {}
