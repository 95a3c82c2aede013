"""Whose card is due is told so in their morning, once, and no longer than it holds."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from boards.actions import (
    archive_task,
    assign_task,
    complete_task,
    create_task,
    edit_column,
    edit_task,
    move_task,
    remove_board_member,
    restore_task,
    unassign_task,
)
from messaging.actions import mail_digests, mark_notifications_read, set_level
from messaging.actions.notices import falling_due
from messaging.actions.notices.falling_due import tell_due
from messaging.line.personal import personal_changes
from messaging.models import Morning, Notification
from messaging.push.calls import of_notifications
from messaging.queries.notices import of, sentence, told

THIRD = date(2026, 12, 3)  # a Thursday


@pytest.fixture(autouse=True)
def at(monkeypatch, settings):
    """`at(2, "09:00")`: it is nine o'clock of the 2nd of December 2026 by the server's clock."""
    settings.TIME_ZONE = "UTC"

    def clock(day, time):
        moment = datetime.fromisoformat(f"2026-12-{day:02d}T{time}+00:00")
        monkeypatch.setattr(timezone, "now", lambda: moment)

    clock(1, "12:00")
    return clock


@pytest.fixture
def card(ada, board):
    """Makes a card that is due on the 3rd, for these people."""

    def make(*people, **more):
        column, ids = board.columns.first(), [one.pk for one in people]
        wanted = {"column_id": column.pk, "title": "Wing", "due": THIRD, "assignee_ids": ids}
        return create_task(by=ada, **wanted | more)

    return make


@pytest.fixture
def wing(card, bob):
    return card(bob)


def told_to(who):
    """Of what is due the kinds that they have not read, in the order in which they came."""
    unread = of(who.pk).filter(read_at=None, due__isnull=False)
    return list(unread.order_by("pk").values_list("kind", flat=True))


def done_column(card):
    return card.board.columns.get(is_done=True)


def test_a_card_is_told_of_on_the_morning_before_and_on_the_morning_after(at, bob, wing):
    counts = {}
    for day, time in [(1, "23:00"), (2, "08:59"), (2, "09:00"), (2, "09:01"), (3, "09:00"), (4, "09:00")]:
        at(day, time)
        counts[day, time] = (tell_due(), told_to(bob))
    assert counts == {
        (1, "23:00"): (0, []),
        (2, "08:59"): (0, []),
        (2, "09:00"): (1, ["due"]),
        (2, "09:01"): (0, ["due"]),
        (3, "09:00"): (0, ["due"]),
        (4, "09:00"): (1, ["overdue"]),  # which puts the other one away
    }
    for day in range(5, 20):
        at(day, "09:00")
        assert tell_due() == 0


def test_a_due_notice_says_what_is_due_when_and_leads_there(at, bob, wing):
    at(2, "09:00")
    tell_due()
    (one,) = told(of(bob.pk).filter(kind="due"))
    assert sentence(one) == "Wing is due on Thursday 3 December"
    assert (one["user_id"], one["display_name"]) == (None, "Hangar")
    assert one["url"] == f"{wing.url}?notice={one['notification_id']}"
    (call,) = of_notifications(of(bob.pk).filter(kind="due"))
    assert call.title == sentence(one) and call.url == one["url"]
    at(4, "09:00")
    tell_due()
    (one,) = told(of(bob.pk).filter(kind="overdue"))
    assert sentence(one) == "Wing was due on Thursday 3 December"


def test_everybody_has_a_morning_of_their_own(at, ada, bob, card):
    for who, zone in ((ada, "America/Los_Angeles"), (bob, "Asia/Tokyo")):
        who.time_zone = zone
        who.save()
    card(ada, bob)
    at(2, "00:00")  # nine in Tokyo
    assert tell_due() == 1 and told_to(bob) == ["due"] and told_to(ada) == []
    at(2, "16:59")
    assert tell_due() == 0
    at(2, "17:00")
    assert tell_due() == 1 and told_to(ada) == ["due"]


def test_an_unknown_zone_goes_by_the_clock_of_the_server(at, bob, wing):
    bob.time_zone = "Mars/Olympus"
    bob.save()
    at(2, "09:00")
    assert tell_due() == 1


NEVER = {
    "done": lambda card, ada, bob: complete_task(by=ada, task_id=card.pk),
    "archived": lambda card, ada, bob: archive_task(by=ada, task_id=card.pk),
    "given to nobody": lambda card, ada, bob: unassign_task(by=ada, task_id=card.pk, user_id=bob.pk),
    "due later": lambda card, ada, bob: edit_task(by=ada, task_id=card.pk, due=date(2026, 12, 4)),
    "due no more": lambda card, ada, bob: edit_task(by=ada, task_id=card.pk, due=None),
    "overdue for long": lambda card, ada, bob: edit_task(by=ada, task_id=card.pk, due=date(2026, 11, 24)),
    "not heard of": lambda card, ada, bob: set_level(
        by=bob, conversation_id=card.conversation.pk, level="nothing"
    ),
    "of who is gone": lambda card, ada, bob: type(bob).objects.filter(pk=bob.pk).update(is_active=False),
}


@pytest.mark.parametrize("why", NEVER)
def test_nobody_is_told_of_a_card_that_is(at, ada, bob, card, why):
    NEVER[why](card(bob), ada, bob)
    other = card(bob, title="Tail")
    at(2, "09:00")
    tell_due()
    told_of = set(Notification.objects.filter(due__isnull=False).values_list("task", flat=True))
    assert told_of == (set() if why == "of who is gone" else {other.pk})


def turn_column(ada, card, is_done):
    edit_column(by=ada, column_id=card.column_id, is_done=is_done)


GONE_AND_BACK = {
    "done": (
        lambda card, ada, bob: complete_task(by=ada, task_id=card.pk),
        lambda card, ada, bob: move_task(by=ada, task_id=card.pk, column_id=card.column_id),
    ),
    "in a column for what is done now": (
        lambda card, ada, bob: turn_column(ada, card, True),
        lambda card, ada, bob: turn_column(ada, card, False),
    ),
    "archived": (
        lambda card, ada, bob: archive_task(by=ada, task_id=card.pk),
        lambda card, ada, bob: restore_task(by=ada, task_id=card.pk),
    ),
    "due on another day": (
        lambda card, ada, bob: edit_task(by=ada, task_id=card.pk, due=date(2026, 12, 9)),
        lambda card, ada, bob: edit_task(by=ada, task_id=card.pk, due=THIRD),
    ),
    "not theirs": (
        lambda card, ada, bob: unassign_task(by=ada, task_id=card.pk, user_id=bob.pk),
        lambda card, ada, bob: assign_task(by=ada, task_id=card.pk, user_id=bob.pk),
    ),
}


@pytest.mark.parametrize("why", GONE_AND_BACK)
def test_what_was_told_goes_from_every_screen_with_a_card_that_is(at, ada, bob, wing, why):
    at(2, "09:00")
    tell_due()
    goes, comes_back = GONE_AND_BACK[why]
    notice = of(bob.pk).get(kind="due")
    since = inbox_of(bob).revision
    goes(wing, ada, bob)
    assert told_to(bob) == [] and "notifications_read" in heard(bob, since, notice)
    since = inbox_of(bob).revision
    comes_back(wing, ada, bob)
    assert told_to(bob) == ["due"] and "notification" in heard(bob, since, notice)
    at(2, "10:00")
    assert tell_due() == 0 and told_to(bob) == ["due"]


def inbox_of(who):
    who.inbox.refresh_from_db()
    return who.inbox


def heard(who, since, notice):
    """The types of frames about this notice that were said since."""
    frames = [frame for change in personal_changes(who.pk, since, 10) for frame in change.noun]
    return {
        frame["type"]
        for frame in frames
        if frame.get("notification_id") == notice.pk or notice.pk in frame.get("ids", ())
    }


def test_what_was_read_does_not_come_back(at, ada, bob, wing):
    at(2, "09:00")
    tell_due()
    mark_notifications_read(by=bob)
    complete_task(by=ada, task_id=wing.pk)
    move_task(by=ada, task_id=wing.pk, column_id=wing.column_id)
    at(3, "09:00")
    assert tell_due() == 0 and told_to(bob) == []


def test_a_letter_tells_it_if_it_is_so_by_then(at, ada, bob, card, mailoutbox):
    wing, tail = card(bob), card(bob, title="Tail")
    mark_notifications_read(by=bob)
    at(2, "09:00")
    tell_due()
    complete_task(by=ada, task_id=tail.pk)
    at(2, "09:06")
    mail_digests()
    (letter,) = mailoutbox
    assert letter.subject == "Wing is due on Thursday 3 December" and "Tail" not in letter.body
    assert f"{wing.url}?notice=" in letter.body


def test_who_leaves_the_board_is_told_nothing_more(at, ada, bob, board, wing):
    at(2, "09:00")
    tell_due()
    remove_board_member(by=ada, board_id=board.pk, user_id=bob.pk)
    assert told_to(bob) == [] and not bob.notifications.filter(read_at=None).exists()
    at(4, "09:00")
    assert tell_due() == 0


def test_another_due_date_is_told_again(at, ada, bob, wing):
    at(2, "09:00")
    tell_due()
    edit_task(by=ada, task_id=wing.pk, due=date(2026, 12, 9))
    at(8, "09:00")
    assert tell_due() == 1 and told_to(bob) == ["due"]


def test_a_worker_that_comes_late_tells_what_is_still_so_but_not_at_night(at, bob, card, wing):
    card(bob, title="Tail", due=date(2026, 12, 2))
    at(2, "21:00")
    assert tell_due() == 0
    at(3, "11:30")
    assert tell_due() == 2
    assert {sentence(one) for one in told(of(bob.pk).filter(due__isnull=False))} == {
        "Wing is due on Thursday 3 December",
        "Tail was due on Wednesday 2 December",
    }


def test_what_is_given_after_the_morning_is_told_of_in_the_next(at, bob, card):
    at(2, "09:00")
    tell_due()
    at(2, "14:00")
    card(bob)
    assert tell_due() == 0
    at(3, "09:00")
    assert tell_due() == 1 and told_to(bob) == ["due"]


def test_many_cards_are_told_of_in_several_rounds(at, bob, card, monkeypatch):
    monkeypatch.setattr(falling_due, "MOST_AT_ONCE", 2)
    for number in range(5):
        card(bob, title=f"{number}")
    at(2, "09:00")
    assert [tell_due() for _ in range(4)] == [2, 2, 1, 0]
    assert Morning.objects.get().day == date(2026, 12, 2)


def test_a_round_that_breaks_off_is_taken_up_again(at, bob, card, monkeypatch):
    for title in ("Wing", "Tail"):
        card(bob, title=title)
    at(2, "09:00")
    notify, left = falling_due.notify, [1]
    monkeypatch.setattr(falling_due, "notify", lambda *one, **more: left.pop() and notify(*one, **more))
    with pytest.raises(IndexError):
        tell_due()
    assert len(told_to(bob)) == 1
    monkeypatch.setattr(falling_due, "notify", notify)
    assert tell_due() == 1 and len(told_to(bob)) == 2


def test_of_two_who_tell_of_a_card_one_does(at, bob, wing, monkeypatch):
    """Both have found it before one of them told of it."""
    at(2, "09:00")
    tell = falling_due._tell
    monkeypatch.setattr(falling_due, "_tell", lambda *how: tell(*how) + tell(*how))
    assert tell_due() == 1 and told_to(bob) == ["due"]
