"""The counts one can trust, and the check that would tell if one could not."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.utils import timezone

from boards.models import Task
from messaging.actions import archive_room, clear_conversation, delete_message, mark_read, mark_unread
from messaging.models import Membership, Notification
from messaging.queries import checking
from messaging.queries.checking import drifts
from operations.health import counting
from operations.metrics.families import families
from operations.models import Check
from operations.tasks import check_unread

from ..conftest import say

# Comments on cards are counted after the commit.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def talk(ada, bob, gus, hangar, cockpit, engine, direct):
    said = [
        say(ada, where, f"{n} @bob @gus") for where in (hangar, cockpit, engine, direct) for n in range(3)
    ]
    mark_read(by=bob, conversation_id=hangar.pk, message_id=said[1].pk)
    mark_unread(by=gus, conversation_id=cockpit.pk, message_id=said[4].pk)
    delete_message(conversation_id=hangar.pk, message_id=said[2].pk, by=ada)
    return said


def test_all_is_right_after_whatever_people_do(ada, hangar, cockpit, talk):
    assert list(drifts()) == []
    clear_conversation(conversation_id=cockpit.pk, by=ada)
    archive_room(by=ada, conversation_id=hangar.pk)
    assert list(drifts()) == []
    call_command("check_unread", verbosity=0)


def spoil_a_cursor():
    Membership.objects.filter(read_seq__gt=0).update(read_seq=99)


def spoil_a_card():
    Task.objects.update(comment_count=7)


def spoil_a_notification():
    Notification.objects.filter(read_at__isnull=False).update(read_at=None)


@pytest.mark.parametrize("spoil", [spoil_a_cursor, spoil_a_card, spoil_a_notification])
def test_what_is_wrong_is_found(talk, spoil, capsys):
    assert list(drifts()) == []
    spoil()
    with pytest.raises(CommandError) as refusal:
        call_command("check_unread")
    assert refusal.value.returncode == 1
    assert "told" in capsys.readouterr().out


def test_a_count_that_is_told_wrongly_is_found(bob, hangar, talk, monkeypatch):
    from messaging.queries import places

    truth = places.places_of
    monkeypatch.setattr(
        places, "places_of", lambda user: [place | {"unread": place["unread"] + 1} for place in truth(user)]
    )
    assert {(drift.what, drift.told - drift.true) for drift in drifts()} == {("unread", 1)}


def told():
    return {family.name: family.samples for family in families()}


def rested():
    """Long enough for the next round to begin."""
    Check.objects.update(at=timezone.now() - timedelta(days=1))


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(checking, "MOMENT", 0)


def test_the_drift_is_checked_regularly_and_told_as_a_number(talk, caplog, at_once):
    assert "prizmai_unread_drift" not in told()
    check_unread()
    assert told()["prizmai_unread_drift"] == [("", {}, 0)]
    Task.objects.update(comment_count=7)
    check_unread()
    assert told()["prizmai_unread_drift"][0][2] == 0  # not yet: all were gone through just now
    rested()
    check_unread()
    assert told()["prizmai_unread_drift"][0][2] > 0 and "told 7" in caplog.text


def test_the_counts_are_checked_in_slices(talk, at_once, monkeypatch):
    monkeypatch.setattr(counting, "SLICE", 0)  # one person at a time
    spoil_a_cursor()
    wrong = len(list(drifts()))
    slices = 0
    while not Check.objects.filter(name="unread").exists():
        check_unread()
        slices += 1
    assert slices == get_user_model().objects.count() + 1 and wrong > 1
    assert list(Check.objects.values_list("name", "wrong")) == [("unread", wrong)]


def test_what_is_right_a_moment_later_is_not_wrong(talk, monkeypatch):
    """As when a comment is written, and not counted yet."""
    right = dict(Task.objects.values_list("pk", "comment_count"))
    Task.objects.update(comment_count=7)
    assert list(drifts())

    def a_moment(_):
        for task in Task.objects.all():
            Task.objects.filter(pk=task.pk).update(comment_count=right[task.pk])

    monkeypatch.setattr("messaging.queries.checking.time.sleep", a_moment)
    assert checking.go_through(0, 5.0) == ([], None)
