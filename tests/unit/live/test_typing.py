"""A person types while any of their pages does."""

import pytest

from live.whispering.typing import LASTS, Typists

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


class Whispers:
    def __init__(self):
        self.loop, self.told = Loop(), []
        self.typists = Typists(self.loop, self)

    def spread(self, key, word):
        self.typists.heard(key, word)

    def say(self, key, whisper, shy):
        assert shy == whisper["user_id"]
        self.told.append(whisper["on"])


@pytest.fixture
def whispers():
    return Whispers()


def test_one_page_that_stops_does_not_silence_the_other(whispers):
    whispers.typists.starts(ROOM, ADA, "one")
    whispers.typists.starts(ROOM, ADA, "two")
    whispers.typists.stops(ROOM, ADA, "one")
    assert whispers.told == [True, True]
    whispers.typists.stops(ROOM, ADA, "two")
    assert whispers.told == [True, True, False]


def test_typing_ends_by_itself_page_by_page(whispers):
    whispers.typists.starts(ROOM, ADA, "one")
    whispers.loop.passes(LASTS / 2)
    whispers.typists.starts(ROOM, ADA, "two")
    whispers.loop.passes(LASTS / 2 + 1)
    assert whispers.told == [True, True]
    whispers.loop.passes(LASTS)
    assert whispers.told == [True, True, False]


def test_stopping_what_never_began_is_no_news(whispers):
    whispers.typists.stops(ROOM, ADA, "one")
    assert whispers.told == []
