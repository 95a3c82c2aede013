"""A board told as a stream: state then changes make the same as state now."""

import pytest

from boards import frames
from boards.actions import (
    add_board_member,
    archive_task,
    assign_task,
    create_task,
    edit_task,
    move_task,
    remove_board_member,
    remove_column,
    rename_board,
    unassign_task,
)
from boards.stream import BoardStream, card_that_concerns
from live.streams import unbroken

stream = BoardStream()


def told(board, since, dialect="board"):
    """The frames a follower who has `since` is sent, as the hub would."""
    changes = stream.changes(board.pk, since, 1000)
    return [
        frame
        for revision, change in unbroken(changes, since)
        for frame in stream.say(change, revision, dialect, since)
    ]


def state(board):
    """The board as a page would draw it: {task id: (column, rank, title)}."""
    return {task.pk: (task.column_id, task.rank, task.title) for task in board.tasks.shown()}


def after(known, told):
    """What a page that knew `known` shows once it has heard `told`."""
    known = dict(known)
    for frame in told:
        if frame["type"] == "card_archived":
            known.pop(frame["task_id"], None)
        elif frame["type"].startswith("card_"):
            known[frame["task_id"]] = (frame["column_id"], frame["rank"], frame["title"])
    return known


def revision(board):
    board.refresh_from_db()
    return board.revision


def test_old_state_and_what_changed_since_are_the_new_state(ada, hangar, cards, to_do, doing):
    since, known = revision(hangar), state(hangar)
    move_task(by=ada, task_id=cards[0].pk, column_id=doing.pk)
    edit_task(by=ada, task_id=cards[1].pk, title="Left wing")
    archive_task(by=ada, task_id=cards[2].pk)
    short_lived = create_task(by=ada, column_id=to_do.pk, title="Mistake")
    archive_task(by=ada, task_id=short_lived.pk)
    create_task(by=ada, column_id=doing.pk, title="Tail")
    assert after(known, told(hangar, since)) == state(hangar)


def test_every_revision_is_told_even_those_overtaken(ada, hangar, cards, doing):
    since = revision(hangar)
    for title in ("A", "B", "C"):
        edit_task(by=ada, task_id=cards[0].pk, title=title)
    move_task(by=ada, task_id=cards[0].pk, column_id=doing.pk)
    assert [frame["revision"] for frame in told(hangar, since)] == list(
        range(since + 1, revision(hangar) + 1)
    )


@pytest.mark.parametrize(
    ("do", "kind"),
    [
        (lambda ada, cards, doing: move_task(by=ada, task_id=cards[0].pk, column_id=doing.pk), "card_moved"),
        (lambda ada, cards, doing: edit_task(by=ada, task_id=cards[0].pk, title="Motor"), "card_renamed"),
        (lambda ada, cards, doing: archive_task(by=ada, task_id=cards[0].pk), "card_archived"),
        (lambda ada, cards, doing: create_task(by=ada, column_id=doing.pk, title="Tail"), "card_created"),
        (lambda ada, cards, doing: remove_column(by=ada, column_id=doing.pk), "column_removed"),
        (
            lambda ada, cards, doing: rename_board(by=ada, board_id=doing.board_id, name="Shed"),
            "board_renamed",
        ),
    ],
)
def test_a_change_is_told_by_its_own_frame(do, kind, ada, hangar, cards, doing):
    since = revision(hangar)
    do(ada, cards, doing)
    assert [frame["type"] for frame in told(hangar, since)] == [kind]


def test_a_card_frame_holds_the_whole_card(ada, bob, hangar, to_do):
    since = revision(hangar)
    task = create_task(by=ada, column_id=to_do.pk, title="Tail", assignee_ids=[bob.pk])
    (frame,) = told(hangar, since)
    assert frame == {
        "type": "card_created",
        "revision": since + 1,
        "task_id": task.pk,
        "column_id": to_do.pk,
        "rank": task.rank,
        "title": "Tail",
        "url": f"/boards/task/{task.pk}/",
        "has_description": False,
        "due": None,
        "assignees": [{"user_id": bob.pk, "username": "bob", "display_name": "Bob", "avatar": None}],
        "labels": [],
        "comment_count": 0,
        "checklist": None,
        "why": "created",
    }


def test_changes_take_as_many_queries_for_a_hundred_cards_as_for_three(
    ada, hangar, cards, to_do, django_assert_num_queries
):
    add_board_member(by=ada, board_id=hangar.pk, user_id=_newcomer().pk)
    for number in range(100):
        create_task(by=ada, column_id=to_do.pk, title=f"Rivet {number}")
    everything = revision(hangar)
    with django_assert_num_queries(6):
        assert len(told(hangar, 0)) == everything


def test_who_may_follow_is_who_is_on_the_board(ada, bob, eve, hangar):
    everybody = {ada.pk, bob.pk, eve.pk}
    assert stream.allowed(hangar.pk, everybody) == {ada.pk, bob.pk}
    remove_board_member(by=ada, board_id=hangar.pk, user_id=bob.pk)
    assert stream.allowed(hangar.pk, everybody) == {ada.pk}


def test_the_head_tells_revision_epoch_and_access(ada, bob, hangar):
    before = stream.heads([hangar.pk, 10**6])
    assert set(before) == {hangar.pk}
    remove_board_member(by=ada, board_id=hangar.pk, user_id=bob.pk)
    now = stream.heads([hangar.pk])[hangar.pk]
    assert (now.revision, now.epoch) == (before[hangar.pk].revision + 1, str(hangar.epoch))
    assert now.access != before[hangar.pk].access


def test_the_inbox_hears_of_the_boards_name_and_not_of_its_cards(ada, hangar, cards):
    since = revision(hangar)
    edit_task(by=ada, task_id=cards[0].pk, title="Motor")
    rename_board(by=ada, board_id=hangar.pk, name="Shed")
    assert [frame["type"] for frame in told(hangar, since, "inbox")] == ["board_renamed"]


def test_who_does_not_share_presence_is_not_told_of(ada, bob, hangar):
    bob.shares_presence = False
    bob.save()
    whisper = {"kind": "presence", "came": [ada.pk, bob.pk], "gone": [], "count": 2}
    (frame,) = stream.whispered(hangar.pk, whisper, "inbox")
    assert frame == frames.presence([ada], "active")
    whisper = {
        "kind": "presence",
        "came": [],
        "gone": [],
        "turned": [ada.pk, bob.pk],
        "away": [ada.pk, bob.pk],
    }
    assert stream.whispered(hangar.pk, whisper, "inbox") == [frames.presence([ada], "away")]


def _newcomer():
    from django.contrib.auth import get_user_model

    return get_user_model().objects.create_user("carol")


def test_a_card_taken_from_somebody_concerns_them_whatever_became_of_it_since(ada, bob, hangar, cards, doing):
    assign_task(by=ada, task_id=cards[0].pk, user_id=bob.pk)
    since = revision(hangar)
    unassign_task(by=ada, task_id=cards[0].pk, user_id=bob.pk)
    move_task(by=ada, task_id=cards[0].pk, column_id=doing.pk)
    seen = since + 1  # by whoever was told in time that it was taken

    def concerning(since):
        changes = unbroken(stream.changes(hangar.pk, since, 1000), since)
        found = [card_that_concerns(bob.pk, change, revision) for revision, change in changes]
        return {task_id for task_id in found if task_id}

    assert concerning(since) == {cards[0].pk}
    assert concerning(seen) == set()
