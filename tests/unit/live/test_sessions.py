"""Whoever is connected is noted as seen: on coming, on leaving, and each minute between."""

import asyncio

import pytest

from live.sockets.sessions import SEEN_EVERY, SessionWatch


class Clock:
    now = 1000.0

    def time(self):
        return self.now


class Hub:
    """What would be written is in `seen`."""

    def __init__(self):
        self.loop, self.writing, self.seen = Clock(), self, []

    def run(self, note, keys):
        self.seen.append(sorted(keys))

    def do(self, work):
        pass


@pytest.fixture
def hub():
    return Hub()


@pytest.fixture
def watch(hub):
    watch = SessionWatch(hub)
    watch._note(["ada"])
    hub.seen.clear()
    return watch


def test_coming_and_leaving_are_noted_at_once(hub, watch):
    watch._note(["ada", "bob"])
    watch._note(["bob"])
    assert hub.seen == [["bob"], ["ada"]]


def test_nothing_is_written_while_nothing_changes(hub, watch):
    for _ in range(20):
        watch._note(["ada"])
    assert hub.seen == []
    hub.loop.now += SEEN_EVERY
    watch._note(["ada"])
    assert hub.seen == [["ada"]]


def test_the_last_to_leave_is_noted_as_well(hub, watch):
    hub.sockets = set()
    asyncio.run(watch._look())
    assert hub.seen == [["ada"]]
