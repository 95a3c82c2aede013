"""Who does something for a moment: told again while it goes on, and ended by silence."""

import pytest

from live.passing import HOLDING, LASTS, Passing
from tests.unit.live.test_typing import Loop

BOARD, WING, ADA, BOB = "board:1", 7, 1, 2
DOING, DONE = 2, 3  # columns


class Hub:
    def __init__(self):
        self.loop, self.told = Loop(), []
        self.passing = Passing(self, HOLDING)

    def whisper(self, key, word):
        self.passing.heard(key, word)

    def speak(self, key, whisper):
        self.told.append(whisper["people"])


@pytest.fixture
def hub():
    return Hub()


def test_each_word_is_told_with_all_who_do_it(hub):
    hub.passing.goes_on(BOARD, WING, ADA, "one", DOING)
    hub.passing.goes_on(BOARD, WING, BOB, "two", DOING)
    hub.passing.goes_on(BOARD, WING, ADA, "one", DONE)
    assert hub.told == [{ADA: DOING}, {ADA: DOING, BOB: DOING}, {BOB: DOING, ADA: DONE}]


def test_it_ends_with_the_last_page(hub):
    for page in ("one", "two"):
        hub.passing.goes_on(BOARD, WING, ADA, page)
    hub.passing.ends(BOARD, WING, ADA, "one")
    assert hub.told == [{ADA: True}, {ADA: True}]
    hub.passing.ends(BOARD, WING, ADA, "two")
    assert hub.told[2:] == [{}] and hub.passing.standing(BOARD) == []


def test_silence_ends_it_and_a_word_puts_that_off(hub):
    hub.passing.goes_on(BOARD, WING, ADA, "one", DOING)
    hub.loop.passes(LASTS[HOLDING] - 1)
    hub.passing.goes_on(BOARD, WING, ADA, "one", DOING)
    hub.loop.passes(LASTS[HOLDING] - 1)
    assert hub.told == [{ADA: DOING}] * 2
    hub.loop.passes(1)
    assert hub.told[2:] == [{}] and not hub.passing._pages


def test_who_did_not_begin_does_not_end_it(hub):
    hub.passing.ends(BOARD, WING, ADA, "one")
    hub.passing.heard(BOARD, hub.passing._word(WING, ADA, "one", None))
    assert hub.told == [] and not hub.passing._pages


def test_who_comes_is_told_of_their_own_stream(hub):
    hub.passing.goes_on(BOARD, WING, ADA, "one", DOING)
    hub.passing.goes_on("board:2", 9, BOB, "two", DOING)
    assert hub.passing.standing(BOARD) == [{"kind": HOLDING, "place": WING, "people": {ADA: DOING}}]
