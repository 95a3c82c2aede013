"""A person types while any of their pages does."""

import pytest

from live.typing import LASTS, Typists

ROOM, ADA = "conversation:1", 1


class Timer:
    def __init__(self, when, work):
        self.when, self.work = when, work

    def cancel(self):
        self.work = lambda: None


class Loop:
    """Time that passes when it is told to."""

    def __init__(self):
        self.now, self.timers = 0.0, []

    def call_later(self, seconds, function, *args):
        self.timers.append(Timer(self.now + seconds, lambda: function(*args)))
        return self.timers[-1]

    def passes(self, seconds):
        self.now += seconds
        due = [timer for timer in self.timers if timer.when <= self.now]
        self.timers = [timer for timer in self.timers if timer.when > self.now]
        for timer in due:
            timer.work()


class Hub:
    def __init__(self):
        self.loop, self.told = Loop(), []
        self.typists = Typists(self)

    def whisper(self, key, word, shy):
        self.typists.heard(key, word["user_id"], word["on"], word["page"])

    def speak(self, key, whisper, shy):
        self.told.append(whisper["on"])


@pytest.fixture
def hub():
    return Hub()


def test_one_page_that_stops_does_not_silence_the_other(hub):
    hub.typists.starts(ROOM, ADA, "one")
    hub.typists.starts(ROOM, ADA, "two")
    hub.typists.stops(ROOM, ADA, "one")
    assert hub.told == [True, True]
    hub.typists.stops(ROOM, ADA, "two")
    assert hub.told == [True, True, False]


def test_typing_ends_by_itself_page_by_page(hub):
    hub.typists.starts(ROOM, ADA, "one")
    hub.loop.passes(LASTS / 2)
    hub.typists.starts(ROOM, ADA, "two")
    hub.loop.passes(LASTS / 2 + 1)
    assert hub.told == [True, True]
    hub.loop.passes(LASTS)
    assert hub.told == [True, True, False]


def test_stopping_what_never_began_is_no_news(hub):
    hub.typists.stops(ROOM, ADA, "one")
    assert hub.told == []
