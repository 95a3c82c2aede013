"""What people do to cards, and what becomes of it."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from boards import ranks, signals
from boards.actions import (
    archive_task,
    assign_task,
    create_label,
    create_task,
    edit_task,
    move_task,
    moving,
    note_comment,
    remove_label,
    restore_task,
    unassign_task,
)
from boards.models import Task

from .conftest import titles


@pytest.fixture
def heard():
    """The names of the signals sent, with the task and person they are about."""
    heard, connected = [], []
    for name in ("task_created", "task_renamed", "task_assigned"):

        def hear(sender, name=name, **about):
            heard.append((name, about["task"].title, about.get("user") and about["user"].username))

        getattr(signals, name).connect(hear)
        connected.append((getattr(signals, name), hear))
    yield heard
    for signal, hear in connected:
        signal.disconnect(hear)


def test_a_new_card_goes_to_the_foot_of_its_column(cards, to_do):
    assert titles(to_do) == ["Engine", "Wing", "Rudder"]


def test_a_card_is_moved_before_or_after_another(ada, cards, to_do, doing):
    engine, wing, rudder = cards
    move_task(by=ada, task_id=rudder.pk, column_id=to_do.pk, before_task_id=wing.pk)
    assert titles(to_do) == ["Engine", "Rudder", "Wing"]
    move_task(by=ada, task_id=engine.pk, column_id=to_do.pk, after_task_id=wing.pk)
    assert titles(to_do) == ["Rudder", "Wing", "Engine"]
    move_task(by=ada, task_id=rudder.pk, column_id=doing.pk)
    assert (titles(to_do), titles(doing)) == (["Wing", "Engine"], ["Rudder"])


def test_a_neighbour_that_went_away_meanwhile_means_the_foot(ada, cards, to_do, doing):
    engine, wing, rudder = cards
    move_task(by=ada, task_id=wing.pk, column_id=doing.pk)
    move_task(by=ada, task_id=engine.pk, column_id=to_do.pk, before_task_id=wing.pk)
    assert titles(to_do) == ["Rudder", "Engine"]


def test_a_move_to_where_the_card_is_changes_nothing(ada, cards, to_do, hangar):
    engine, wing, _ = cards
    hangar.refresh_from_db()
    move_task(by=ada, task_id=engine.pk, column_id=to_do.pk, before_task_id=wing.pk)
    before = hangar.revision
    hangar.refresh_from_db()
    assert hangar.revision == before


def test_a_crowded_column_is_laid_out_anew_in_the_same_order(ada, cards, to_do, monkeypatch):
    monkeypatch.setattr(moving, "TOO_LONG", ranks.WIDTH)
    engine, wing, rudder = cards
    move_task(by=ada, task_id=rudder.pk, column_id=to_do.pk, before_task_id=wing.pk)
    assert titles(to_do) == ["Engine", "Rudder", "Wing"]
    move_task(by=ada, task_id=wing.pk, column_id=to_do.pk, before_task_id=rudder.pk)
    for _ in range(30):
        last = Task.objects.filter(column=to_do).last()
        move_task(by=ada, task_id=last.pk, column_id=to_do.pk, after_task_id=engine.pk)
    assert titles(to_do)[0] == "Engine"
    assert all(len(rank) <= ranks.WIDTH for rank in to_do.tasks.values_list("rank", flat=True))


def test_every_change_takes_the_next_revision_and_none_is_left_out(ada, bob, cards, doing, hangar):
    hangar.refresh_from_db()
    before = hangar.revision
    move_task(by=ada, task_id=cards[0].pk, column_id=doing.pk)
    edit_task(by=bob, task_id=cards[1].pk, title="Left wing")
    archive_task(by=bob, task_id=cards[2].pk)
    hangar.refresh_from_db()
    assert hangar.revision == before + 3
    stamps = [(task.revision - before, task.why) for task in Task.objects.order_by("revision")]
    assert stamps == [(1, "moved"), (2, "renamed"), (3, "archived")]


def test_an_edit_changes_only_what_is_given(ada, cards):
    due = datetime.date(2031, 5, 4)
    edit_task(by=ada, task_id=cards[0].pk, description="Two of them.\r\nOn wings.", due=due)
    engine = Task.objects.get(pk=cards[0].pk)
    assert (engine.title, engine.description, engine.due) == ("Engine", "Two of them.\nOn wings.", due)
    edit_task(by=ada, task_id=engine.pk, due=None)
    engine.refresh_from_db()
    assert (engine.description, engine.due) == ("Two of them.\nOn wings.", None)


def test_an_edit_that_changes_nothing_takes_no_revision(ada, cards, hangar):
    hangar.refresh_from_db()
    before = hangar.revision
    edit_task(by=ada, task_id=cards[0].pk, title=" Engine ", description="", due=None, assignee_ids=[])
    hangar.refresh_from_db()
    assert hangar.revision == before


def test_assigning_tells_the_house_once(ada, bob, cards, heard):
    assign_task(by=ada, task_id=cards[0].pk, user_id=bob.pk)
    assign_task(by=ada, task_id=cards[0].pk, user_id=bob.pk)
    assert heard == [("task_assigned", "Engine", "bob")]
    unassign_task(by=ada, task_id=cards[0].pk, user_id=bob.pk)
    assert not cards[0].assignees.exists()


def test_the_house_hears_of_new_and_renamed_cards(ada, bob, to_do, heard):
    task = create_task(by=ada, column_id=to_do.pk, title="Tail", assignee_ids=[bob.pk])
    edit_task(by=ada, task_id=task.pk, title="Tail fin")
    assert heard == [
        ("task_created", "Tail", None),
        ("task_assigned", "Tail", "bob"),
        ("task_renamed", "Tail fin", None),
    ]


def test_nobody_off_the_board_is_given_a_card(ada, eve, cards):
    with pytest.raises(ValidationError):
        assign_task(by=ada, task_id=cards[0].pk, user_id=eve.pk)


def test_an_archived_card_can_come_back_to_the_foot(ada, cards, to_do):
    archive_task(by=ada, task_id=cards[0].pk)
    assert titles(to_do) == ["Wing", "Rudder"]
    restore_task(by=ada, task_id=cards[0].pk)
    assert titles(to_do) == ["Wing", "Rudder", "Engine"]


def test_a_cards_place_next_to_an_archived_one_is_still_its_own(ada, cards, to_do, doing):
    engine, wing, rudder = cards
    archive_task(by=ada, task_id=wing.pk)
    other = create_task(by=ada, column_id=doing.pk, title="Tail")
    move_task(by=ada, task_id=other.pk, column_id=to_do.pk, after_task_id=engine.pk)
    assert titles(to_do) == ["Engine", "Tail", "Rudder"]


def test_a_comment_shows_its_count_on_the_card(cards):
    task = note_comment(task_id=cards[0].pk, count=3)
    assert (task.comment_count, task.why) == (3, "commented")


def test_a_removed_label_changes_the_cards_that_wore_it(ada, cards, hangar):
    label = create_label(by=ada, board_id=hangar.pk, name="Urgent", colour="red")
    edit_task(by=ada, task_id=cards[0].pk, label_ids=[label.pk])
    hangar.refresh_from_db()
    remove_label(by=ada, label_id=label.pk)
    engine = Task.objects.get(pk=cards[0].pk)
    assert engine.revision == hangar.revision + 1
    assert not engine.labels.exists()


@pytest.mark.parametrize("title", ["", "   ", "\u200b", "\x00", "x" * 201])
def test_a_card_needs_a_title_one_can_read(ada, to_do, title):
    with pytest.raises(ValidationError):
        create_task(by=ada, column_id=to_do.pk, title=title)


def test_a_title_is_kept_on_one_line_without_what_cannot_be_stored(ada, to_do):
    task = create_task(by=ada, column_id=to_do.pk, title=" Fix\nthe \x00\ud800 wing ")
    assert task.title == "Fix the wing"


@pytest.mark.parametrize("who", ["vera", "eve"])
def test_who_may_not_edit_changes_nothing(who, request, cards, to_do, doing):
    somebody = request.getfixturevalue(who)
    for attempt in (
        lambda: create_task(by=somebody, column_id=to_do.pk, title="Mine"),
        lambda: move_task(by=somebody, task_id=cards[0].pk, column_id=doing.pk),
        lambda: edit_task(by=somebody, task_id=cards[0].pk, title="Mine"),
        lambda: archive_task(by=somebody, task_id=cards[0].pk),
        lambda: assign_task(by=somebody, task_id=cards[0].pk, user_id=somebody.pk),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert titles(to_do) == ["Engine", "Wing", "Rudder"]


def test_a_card_that_never_was_is_refused_like_one_of_another_board(eve, cards, doing):
    refusals = []
    for task_id in (cards[0].pk, 10**6):
        with pytest.raises(PermissionDenied) as refusal:
            edit_task(by=eve, task_id=task_id, title="Mine")
        refusals.append(str(refusal.value))
    assert refusals[0] == refusals[1]


def test_a_card_does_not_move_to_another_board(ada, cards, eve):
    from boards.actions import create_board

    other = create_board(by=ada, name="Other").columns.first()
    with pytest.raises(PermissionDenied):
        move_task(by=ada, task_id=cards[0].pk, column_id=other.pk)
