"""What one did to a card is taken back, unless somebody has changed the same since."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from boards.actions import (
    archive_task,
    edit_task,
    move_task,
    note_comment,
    remove_column,
    restore_task,
    undo_archive,
    undo_move,
    undo_rename,
)

from .conftest import titles
from .test_doors import JSON, signed_in
from .test_stream import revision, told


@pytest.fixture
def moved(ada, cards, doing):
    """The wing, which Ada has moved from between engine and rudder."""
    return move_task(by=ada, task_id=cards[1].pk, column_id=doing.pk)


def back(cards):
    """The place that the wing came from."""
    engine, _, rudder = cards
    return {"column_id": engine.column_id, "before_task_id": rudder.pk, "after_task_id": engine.pk}


def left_at(task):
    return task.column_id, task.rank


def test_a_move_is_taken_back_for_everybody(ada, hangar, cards, moved, to_do):
    since = revision(hangar)
    undo_move(by=ada, task_id=moved.pk, left_at=left_at(moved), **back(cards))
    assert titles(to_do) == ["Engine", "Wing", "Rudder"]
    assert [frame["type"] for frame in told(hangar, since)] == ["card_moved"]


def test_a_move_is_not_taken_back_when_somebody_has_moved_the_card_on(ada, bob, cards, moved, to_do, hangar):
    left = left_at(moved)
    done = hangar.columns.get(is_done=True)
    move_task(by=bob, task_id=moved.pk, column_id=done.pk)
    with pytest.raises(ValidationError, match="Somebody has moved this card since"):
        undo_move(by=ada, task_id=moved.pk, left_at=left, **back(cards))
    assert (titles(to_do), titles(done)) == (["Engine", "Rudder"], ["Wing"])


def test_a_move_that_is_taken_back_already_stays_so(ada, bob, hangar, cards, moved, to_do):
    left, since = left_at(moved), revision(hangar)
    for _ in range(2):  # an answer that was lost is asked for again
        undo_move(by=ada, task_id=moved.pk, left_at=left, **back(cards))
    assert titles(to_do) == ["Engine", "Wing", "Rudder"]
    assert len(told(hangar, since)) == 1
    move_task(by=bob, task_id=moved.pk, column_id=to_do.pk)
    with pytest.raises(ValidationError, match="Somebody has moved this card since"):
        undo_move(by=ada, task_id=moved.pk, left_at=left, **back(cards))


def test_taking_a_move_back_keeps_what_else_happened_to_the_card(ada, bob, cards, moved, to_do):
    edit_task(by=bob, task_id=moved.pk, title="Left wing")
    note_comment(task_id=moved.pk, count=1)
    undo_move(by=ada, task_id=moved.pk, left_at=left_at(moved), **back(cards))
    assert titles(to_do) == ["Engine", "Left wing", "Rudder"]


def test_a_card_whose_neighbours_have_gone_goes_back_to_the_foot(ada, bob, cards, moved, to_do, doing):
    move_task(by=bob, task_id=cards[0].pk, column_id=doing.pk)
    move_task(by=bob, task_id=cards[2].pk, column_id=doing.pk)
    undo_move(by=ada, task_id=moved.pk, left_at=left_at(moved), **back(cards))
    assert titles(to_do) == ["Wing"]


def test_a_name_is_given_back(ada, bob, cards):
    edit_task(by=ada, task_id=cards[0].pk, title="Motor")
    assert undo_rename(by=ada, task_id=cards[0].pk, left_as="Motor", title="Engine").title == "Engine"
    assert undo_rename(by=ada, task_id=cards[0].pk, left_as="Motor", title="Engine").title == "Engine"
    edit_task(by=bob, task_id=cards[0].pk, title="Turbine")
    with pytest.raises(ValidationError, match="Somebody has renamed this card since"):
        undo_rename(by=ada, task_id=cards[0].pk, left_as="Motor", title="Engine")


def test_an_archived_card_comes_back_to_its_place(ada, hangar, cards, to_do):
    archive_task(by=ada, task_id=cards[1].pk)
    undo_archive(by=ada, task_id=cards[1].pk)
    undo_archive(by=ada, task_id=cards[1].pk)
    assert titles(to_do) == ["Engine", "Wing", "Rudder"]


def test_an_archived_card_comes_back_to_the_first_column_when_its_own_has_gone(ada, cards, to_do, doing):
    wing = move_task(by=ada, task_id=cards[1].pk, column_id=doing.pk)
    archive_task(by=ada, task_id=wing.pk)
    remove_column(by=ada, column_id=doing.pk)
    undo_archive(by=ada, task_id=wing.pk)
    assert titles(to_do) == ["Engine", "Rudder", "Wing"]


def test_a_card_put_back_otherwise_goes_to_the_foot(ada, cards, to_do):
    archive_task(by=ada, task_id=cards[0].pk)
    restore_task(by=ada, task_id=cards[0].pk)
    assert titles(to_do) == ["Wing", "Rudder", "Engine"]


def test_a_card_that_was_archived_since_is_left_alone(ada, bob, cards, moved):
    archive_task(by=bob, task_id=moved.pk)
    with pytest.raises(ValidationError, match="Somebody has archived this card since"):
        undo_move(by=ada, task_id=moved.pk, left_at=left_at(moved), **back(cards))
    with pytest.raises(ValidationError, match="Somebody has archived this card since"):
        undo_rename(by=ada, task_id=moved.pk, left_as="Wing", title="Fin")


def test_nobody_takes_back_what_they_may_not_do(vera, cards, moved):
    with pytest.raises(PermissionDenied):
        undo_move(by=vera, task_id=moved.pk, left_at=left_at(moved), **back(cards))


def test_the_door_knows_three_things_to_undo(ada, cards, moved, to_do):
    path = reverse("boards:undo_task", args=[moved.pk])
    form = {"what": "move", "column": to_do.pk, "after": cards[0].pk, "left_column": moved.column_id}
    client = signed_in(ada)
    assert client.post(path, {**form, "left_rank": "1"}, **JSON).status_code == 400
    answer = client.post(path, {**form, "left_rank": moved.rank}, **JSON)
    assert (answer.json()["card"]["type"], titles(to_do)) == ("card_moved", ["Engine", "Wing", "Rudder"])
    renamed = {"what": "rename", "title": "Fin", "left_as": "Wing"}
    assert client.post(path, renamed, **JSON).json()["card"]["title"] == "Fin"
    archive_task(by=ada, task_id=moved.pk)
    assert client.post(path, {"what": "archive"}, **JSON).json()["card"]["type"] == "card_changed"
    assert client.post(path, {"what": "everything"}, **JSON).json()["error"] == "That cannot be undone."
