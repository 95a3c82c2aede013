"""Who is at a card, and who may hold one."""

import pytest

from boards.actions import archive_task, create_board, remove_column
from boards.policy import may_hold
from boards.stream import BoardStream
from live.whispering.passing import HOLDING, VISITING

stream = BoardStream()


def says(hangar, kind, people, dialect="board"):
    return stream.whispered(hangar.pk, {"kind": kind, "place": 7, "people": people}, dialect)


def test_all_who_are_at_a_card_are_told_by_name(ada, bob, hangar):
    (frame,) = says(hangar, VISITING, {bob.pk: True, ada.pk: True})
    assert (frame["type"], frame["task_id"]) == ("card_visited", 7)
    assert [person["display_name"] for person in frame["people"]] == ["Ada", "Bob"]


def test_who_holds_a_card_is_told_with_the_column(ada, hangar):
    (frame,) = says(hangar, HOLDING, {ada.pk: 3})
    assert frame["type"] == "card_held" and frame["people"][0]["column_id"] == 3


def test_that_nobody_is_at_a_card_any_more_is_told_too(hangar):
    assert [says(hangar, kind, {})[0]["people"] for kind in (VISITING, HOLDING)] == [[], []]


@pytest.mark.parametrize("kind", [VISITING, HOLDING])
@pytest.mark.parametrize("way", [{"shares_presence": False}, {"is_active": False}])
def test_who_hides_their_presence_is_not_told_of(ada, bob, hangar, kind, way):
    for field, value in way.items():
        setattr(ada, field, value)
    ada.save()
    (frame,) = says(hangar, kind, {ada.pk: 3, bob.pk: 3})
    assert [person["user_id"] for person in frame["people"]] == [bob.pk]


@pytest.mark.parametrize("dialect", ["plain", "inbox"])
def test_only_pages_of_the_board_hear_who_is_at_a_card(ada, hangar, dialect):
    assert says(hangar, VISITING, {ada.pk: True}, dialect) == []


def test_who_may_change_the_board_may_hold_its_cards(ada, bob, vera, eve, hangar, cards, doing):
    asked = hangar.pk, cards[0].pk, doing.pk
    assert [may_hold(user.pk, *asked) for user in (ada, bob, vera, eve)] == [True, True, False, False]


def test_the_held_card_and_the_column_must_be_shown_on_the_board(ada, hangar, cards, doing):
    elsewhere = create_board(by=ada, name="Elsewhere")
    (far, *_) = elsewhere.columns.all()
    assert not may_hold(ada.pk, hangar.pk, cards[0].pk, far.pk)
    assert not may_hold(ada.pk, elsewhere.pk, cards[0].pk, far.pk)
    remove_column(by=ada, column_id=doing.pk)
    assert not may_hold(ada.pk, hangar.pk, cards[0].pk, doing.pk)
    archive_task(by=ada, task_id=cards[0].pk)
    assert not may_hold(ada.pk, hangar.pk, cards[0].pk, cards[1].column_id)
    assert may_hold(ada.pk, hangar.pk, cards[1].pk, cards[1].column_id)
