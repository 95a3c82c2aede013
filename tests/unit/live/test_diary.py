"""What a process writes down of itself: each change in the minute it came, and again what could not be written."""

import asyncio
from types import SimpleNamespace

import pytest
from django.db import OperationalError

from live.diary import Diary
from live.metrics import Histogram


class Pages:
    """Where diaries go; torn out while the database is away."""

    def __init__(self):
        self.is_away, self.written = False, []

    async def run(self, keep, state, minutes):
        if self.is_away:
            raise OperationalError("away")
        self.written.append((state, minutes))


@pytest.fixture
def hub():
    return SimpleNamespace(
        mode="live",
        sockets={1, 2, 3},
        roster=SimpleNamespace(processes=lambda: ["b", "a"]),
        hints=SimpleNamespace(since=60.0),
        delivery=SimpleNamespace(
            delays=SimpleNamespace(roads={"handed": Histogram(0.01, 1.0), "hinted": Histogram(0.01, 1.0)})
        ),
        writing=Pages(),
    )


@pytest.fixture
def diary(hub):
    diary = Diary(hub, clock=lambda: diary.now)
    diary.now = 120.0
    return diary


def takes(hub, *delays, road="handed"):
    for delay in delays:
        hub.delivery.delays.roads[road].observe(delay)


async def test_it_tells_how_the_process_stands(hub, diary):
    await diary.write()
    ((state, minutes),) = hub.writing.written
    assert (state["mode"], state["since"], state["sockets"], state["hears"]) == ("live", 60.0, 3, ["a", "b"])
    assert minutes == {}


async def test_each_change_is_in_the_minute_it_came(hub, diary):
    takes(hub, 0.005, 0.5)
    takes(hub, 30.0, road="hinted")
    await diary.write()
    diary.now = 179.0
    takes(hub, 0.005)
    await diary.write()
    diary.now = 180.0
    takes(hub, 0.5)
    await diary.write()
    told = [minutes for _, minutes in hub.writing.written]
    first = {0.01: 1, 1.0: 1, float("inf"): 1}
    assert told == [{120: first}, {120: first | {0.01: 2}}, {120: first | {0.01: 2}, 180: {1.0: 1}}]
    await diary.write()
    assert hub.writing.written[-1][1] == {180: {1.0: 1}}  # the minute before is over, and written


async def test_what_could_not_be_written_is_written_later(hub, diary):
    takes(hub, 0.5)
    hub.writing.is_away = True
    with pytest.raises(OperationalError):
        await diary.write()
    hub.writing.is_away, diary.now = False, 300.0
    await diary.write()
    assert hub.writing.written[-1][1] == {120: {1.0: 1}}


async def test_it_goes_on_writing_after_a_failure(hub, monkeypatch):
    monkeypatch.setattr("live.diary.FIRST", 0)
    monkeypatch.setattr("live.diary.EVERY", 0)
    diary = Diary(hub)
    hub.writing.is_away = True
    writing = asyncio.ensure_future(diary.write_for_ever())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    hub.writing.is_away = False
    async with asyncio.timeout(5):
        while not hub.writing.written:
            await asyncio.sleep(0)
    writing.cancel()
