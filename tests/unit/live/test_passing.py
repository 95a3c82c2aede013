"""Who does something for a moment: told again while it goes on, and ended by silence."""

import pytest

from live.whispering.passing import HOLDING, LASTS, Passing
from tests.unit.live.test_typing import Loop

BOARD, WING, ADA, BOB = "board:1", 7, 1, 2
DOING, DONE = 2, 3  # columns


class Whispers:
    def __init__(self):
        self.loop, self.told = Loop(), []
        self.passing = Passing(self.loop, self, HOLDING)

    def spread(self, key, word):
        self.passing.heard(key, word)

    def say(self, key, whisper):
        self.told.append(whisper["people"])


@pytest.fixture
def whispers():
    return Whispers()


def test_each_word_is_told_with_all_who_do_it(whispers):
    whispers.passing.goes_on(BOARD, WING, ADA, "one", DOING)
    whispers.passing.goes_on(BOARD, WING, BOB, "two", DOING)
    whispers.passing.goes_on(BOARD, WING, ADA, "one", DONE)
    assert whispers.told == [{ADA: DOING}, {ADA: DOING, BOB: DOING}, {BOB: DOING, ADA: DONE}]


def test_it_ends_with_the_last_page(whispers):
    for page in ("one", "two"):
        whispers.passing.goes_on(BOARD, WING, ADA, page)
    whispers.passing.ends(BOARD, WING, ADA, "one")
    assert whispers.told == [{ADA: True}, {ADA: True}]
    whispers.passing.ends(BOARD, WING, ADA, "two")
    assert whispers.told[2:] == [{}] and whispers.passing.standing(BOARD) == []


def test_silence_ends_it_and_a_word_puts_that_off(whispers):
    whispers.passing.goes_on(BOARD, WING, ADA, "one", DOING)
    whispers.loop.passes(LASTS[HOLDING] - 1)
    whispers.passing.goes_on(BOARD, WING, ADA, "one", DOING)
    whispers.loop.passes(LASTS[HOLDING] - 1)
    assert whispers.told == [{ADA: DOING}] * 2
    whispers.loop.passes(1)
    assert whispers.told[2:] == [{}] and not whispers.passing._pages.places()


def test_who_did_not_begin_does_not_end_it(whispers):
    whispers.passing.ends(BOARD, WING, ADA, "one")
    whispers.passing.heard(BOARD, whispers.passing._word(WING, ADA, "one", None))
    assert whispers.told == [] and not whispers.passing._pages.places()


def test_who_comes_is_told_of_their_own_stream(whispers):
    whispers.passing.goes_on(BOARD, WING, ADA, "one", DOING)
    whispers.passing.goes_on("board:2", 9, BOB, "two", DOING)
    assert whispers.passing.standing(BOARD) == [{"kind": HOLDING, "place": WING, "people": {ADA: DOING}}]
