"""Saved for later: one person's own, told to all their browsers, and a bell when its time has come."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from messaging.actions import (
    add_member,
    clear_conversation,
    delete_message,
    finish_saved,
    mark_notifications_read,
    remind_due,
    remove_member,
    save_message,
)
from messaging.actions.own import reminding, saving
from messaging.line.personal import personal_changes
from messaging.models import Message, Notification, Saved
from messaging.queries import kept

from ..conftest import say, soon


@pytest.fixture
def plan(ada, cockpit):
    return say(ada, cockpit, "The plan")


def comes_due():
    past = timezone.now() - timedelta(seconds=1)
    Saved.objects.filter(remind_at__isnull=False, reminded_at=None).update(remind_at=past)
    return remind_due()


def frames_of(user, kind):
    frames = [frame for change in personal_changes(user.pk, 0, 100) for frame in change.noun]
    return [frame for frame in frames if frame["type"] == kind]


def reminders(user):
    return Notification.objects.filter(user=user, kind=Notification.Kind.REMINDER)


def test_saving_is_told_to_ones_own_browsers_alone(ada, gus, plan):
    save_message(by=gus, message_id=plan.pk, remind_at=soon())
    (frame,) = frames_of(gus, "saved_changed")
    assert (frame["message_id"], frame["saved"]) == (plan.pk, True) and frame["remind_at"]
    assert not frames_of(ada, "saved_changed")


def test_saving_again_changes_nothing_and_another_time_does(gus, plan):
    at = soon()
    first = save_message(by=gus, message_id=plan.pk, remind_at=at)
    assert save_message(by=gus, message_id=plan.pk, remind_at=at).inbox_revision == first.inbox_revision
    assert save_message(by=gus, message_id=plan.pk).inbox_revision > first.inbox_revision
    assert Saved.objects.count() == 1


def test_done_is_told_once(gus, plan):
    save_message(by=gus, message_id=plan.pk)
    assert finish_saved(by=gus, message_id=plan.pk).done_at
    assert finish_saved(by=gus, message_id=plan.pk) is None
    (frame,) = frames_of(gus, "saved_changed")
    assert frame["saved"] is False


def test_a_reminder_rings_once(gus, plan):
    save_message(by=gus, message_id=plan.pk, remind_at=soon())
    assert remind_due() == 0 and not reminders(gus).exists()
    assert comes_due() == 1 and remind_due() == 0
    assert reminders(gus).count() == 1
    told = frames_of(gus, "notification")[-1]
    assert told["kind"] == "reminder" and told["message_id"] == plan.pk


def test_one_may_be_reminded_of_it_again(gus, plan):
    for _ in range(2):
        save_message(by=gus, message_id=plan.pk, remind_at=soon())
        comes_due()
        assert reminders(gus).filter(read_at=None).count() == 1
        mark_notifications_read(by=gus)


def test_another_time_takes_the_place_of_the_first(gus, plan, monkeypatch):
    at = soon(40)
    save_message(by=gus, message_id=plan.pk, remind_at=soon())
    save_message(by=gus, message_id=plan.pk, remind_at=soon(60 * 24))
    monkeypatch.setattr(timezone, "now", lambda: at)
    assert remind_due() == 0 and not reminders(gus).exists()


def test_nobody_is_reminded_of_what_is_done_or_gone(ada, gus, cockpit, plan):
    save_message(by=gus, message_id=plan.pk, remind_at=soon())
    finish_saved(by=gus, message_id=plan.pk)
    other = say(ada, cockpit, "Other")
    save_message(by=gus, message_id=other.pk, remind_at=soon())
    delete_message(conversation_id=cockpit.pk, message_id=other.pk, by=ada)
    comes_due()
    assert not reminders(gus).exists()


def test_who_lost_the_room_sees_nothing_of_it(client, ada, gus, cockpit, plan):
    save_message(by=gus, message_id=plan.pk, remind_at=soon())
    client.force_login(gus)
    assert b"The plan" in client.get("/messaging/saved/").content
    remove_member(by=ada, conversation_id=cockpit.pk, user_id=gus.pk)
    comes_due()
    assert not reminders(gus).exists() and not kept.saved_now(gus.pk)
    assert not frames_of(gus, "saved_changed")
    assert b"The plan" not in client.get("/messaging/saved/").content


def test_what_came_due_behind_a_closed_door_is_told_when_it_opens(ada, gus, cockpit, plan):
    save_message(by=gus, message_id=plan.pk, remind_at=soon())
    remove_member(by=ada, conversation_id=cockpit.pk, user_id=gus.pk)
    assert comes_due() == 0
    add_member(by=ada, conversation_id=cockpit.pk, user_id=gus.pk)
    assert remind_due() == 1 and reminders(gus).get().message_id == plan.pk
    assert frames_of(gus, "notification")[-1]["kind"] == "reminder"


def test_whose_account_rests_is_reminded_when_it_does_not(gus, plan):
    save_message(by=gus, message_id=plan.pk, remind_at=soon())
    type(gus).objects.filter(pk=gus.pk).update(is_active=False)
    assert comes_due() == 0
    type(gus).objects.filter(pk=gus.pk).update(is_active=True)
    assert remind_due() == 1 and reminders(gus).exists()


def test_a_reminder_that_fails_keeps_no_other_waiting(ada, gus, plan, monkeypatch):
    for person in (ada, gus):
        save_message(by=person, message_id=plan.pk, remind_at=soon())
    notify = reminding.notify

    def fail_for_ada(kind, people, **about):
        if people == [ada.pk]:
            raise OSError("no room on the disk")
        return notify(kind, people, **about)

    monkeypatch.setattr(reminding, "notify", fail_for_ada)
    assert comes_due() == 1 and reminders(gus).exists() and not reminders(ada).exists()
    monkeypatch.undo()
    assert remind_due() == 1 and reminders(ada).exists()


def test_what_one_cannot_see_any_more_takes_no_room(ada, gus, cockpit, plan, monkeypatch):
    monkeypatch.setattr(saving, "MOST_SAVED", 1)
    save_message(by=gus, message_id=plan.pk)
    other = say(ada, cockpit, "Other")
    with pytest.raises(ValidationError):
        save_message(by=gus, message_id=other.pk)
    clear_conversation(conversation_id=cockpit.pk, by=ada)
    assert not kept.saved_rows(gus.pk, done=False)
    assert save_message(by=gus, message_id=say(ada, cockpit, "New").pk).done_at is None


def test_one_saves_only_what_one_may_read(eve, plan):
    with pytest.raises(Message.DoesNotExist):
        save_message(by=eve, message_id=plan.pk)


def test_the_page_saves_and_is_done(client, gus, plan):
    client.force_login(gus)
    late = {"message_id": plan.pk, "remind_at": "2090-01-01T09:00"}
    refused = client.post("/messaging/saved/", late, headers={"Accept": "application/json"})
    assert refused.status_code == 400 and b"within a year" in refused.content
    wish = {"message_id": plan.pk, "saved": True, "remind_at": soon().isoformat()}
    answer = client.post("/messaging/saved/", wish, content_type="application/json")
    assert answer.json()["saved"] is True
    client.post("/messaging/saved/", {"message_id": plan.pk, "done": "1"})
    assert b"The plan" not in client.get("/messaging/saved/").content
    assert b"The plan" in client.get("/messaging/saved/?done=1").content
