"""Scheduled: posted at its time, once, or told why not."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from messaging.actions import (
    cancel_scheduled,
    clear_conversation,
    post_message,
    remove_member,
    reschedule_message,
    run_due,
    schedule_message,
    send_now,
)
from messaging.actions.saying import scheduling
from messaging.line.personal import personal_changes
from messaging.models import Errand, Message, Scheduled

from ..conftest import say, soon


@pytest.fixture
def lunch(gus, cockpit):
    return schedule_message(conversation_id=cockpit.pk, by=gus, body="Lunch?", send_at=soon())


def comes_due():
    past = timezone.now() - timedelta(seconds=1)
    Scheduled.objects.update(send_at=past)
    Errand.objects.filter(verb=Errand.Verb.SEND, done_at=None).update(due_at=past)
    return run_due()


def posted(conversation):
    said = Message.objects.filter(conversation=conversation, kind="said", deleted_at=None)
    return list(said.values_list("body", flat=True))


def states(user):
    frames = [frame for change in personal_changes(user.pk, 0, 100) for frame in change.noun]
    return [frame["state"] for frame in frames if frame["type"] == "scheduled_changed"]


def test_a_scheduled_message_waits_for_its_time_and_is_posted_once(gus, cockpit, lunch):
    run_due()
    assert posted(cockpit) == [] and states(gus) == ["waiting"]
    comes_due()
    scheduling.send_scheduled(lunch.pk)
    assert posted(cockpit) == ["Lunch?"] and states(gus) == ["sent"]


def test_what_was_posted_but_not_noted_is_found_again(gus, cockpit, lunch):
    what = {"conversation_id": cockpit.pk, "author": gus, "body": "Lunch?", "client_id": lunch.client_id}
    message = post_message(**what)
    comes_due()
    lunch.refresh_from_db()
    assert posted(cockpit) == ["Lunch?"] and lunch.message == message


def test_a_worker_that_dies_while_posting_is_followed_by_another(cockpit, lunch, monkeypatch):
    def dies(*_, **__):
        raise SystemExit

    monkeypatch.setattr(scheduling, "_become", dies)
    with pytest.raises(SystemExit):
        comes_due()
    monkeypatch.undo()
    assert posted(cockpit) == []
    comes_due()
    assert posted(cockpit) == ["Lunch?"]


def test_scheduling_the_same_message_twice_makes_one(gus, cockpit):
    name = uuid.uuid4()
    what = {"conversation_id": cockpit.pk, "by": gus, "body": "Hi", "send_at": soon(), "client_id": name}
    assert schedule_message(**what) == schedule_message(**what)


def test_given_up_is_given_up(gus, cockpit, lunch):
    cancel_scheduled(by=gus, scheduled_id=lunch.pk)
    comes_due()
    assert posted(cockpit) == [] and states(gus) == ["cancelled"]


def test_no_words_are_left_of_what_was_posted_or_given_up(gus, cockpit, lunch):
    dinner = schedule_message(conversation_id=cockpit.pk, by=gus, body="Dinner?", send_at=soon())
    send_now(by=gus, scheduled_id=lunch.pk)
    cancel_scheduled(by=gus, scheduled_id=dinner.pk)
    assert posted(cockpit) == ["Lunch?"]
    assert set(Scheduled.objects.values_list("body", flat=True)) == {""}


def test_other_words_at_another_time(gus, cockpit, lunch):
    reschedule_message(by=gus, scheduled_id=lunch.pk, body="Dinner?", send_at=soon(60 * 24))
    Errand.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    run_due()
    assert posted(cockpit) == []
    scheduling.send_now(by=gus, scheduled_id=lunch.pk)
    assert posted(cockpit) == ["Dinner?"]


def test_now_means_now_and_once(gus, cockpit, lunch):
    send_now(by=gus, scheduled_id=lunch.pk)
    comes_due()
    assert posted(cockpit) == ["Lunch?"]


def test_who_was_put_out_is_told_that_it_was_not_posted(ada, gus, cockpit, lunch):
    remove_member(by=ada, conversation_id=cockpit.pk, user_id=gus.pk)
    comes_due()
    lunch.refresh_from_db()
    assert posted(cockpit) == [] and lunch.refusal == "You may not post there any more."
    assert states(gus) == ["refused"]


def test_one_schedules_where_one_may_post_and_changes_only_ones_own(ada, vera, hangar, lunch):
    with pytest.raises(PermissionDenied):
        schedule_message(conversation_id=hangar.pk, by=vera, body="Hi", send_at=soon())
    for action in (cancel_scheduled, reschedule_message, send_now):
        with pytest.raises(Scheduled.DoesNotExist):
            action(by=ada, scheduled_id=lunch.pk)


def test_an_answer_to_what_was_cleared_is_posted_without_it(ada, gus, cockpit):
    plan = say(ada, cockpit, "The plan")
    what = {"conversation_id": cockpit.pk, "by": gus, "send_at": soon(), "reply_to": plan.pk}
    answer = schedule_message(body="Good", **what)
    clear_conversation(conversation_id=cockpit.pk, by=ada)
    comes_due()
    answer.refresh_from_db()
    assert answer.message.body == "Good" and answer.message.reply_to is None


def test_the_pages_do_all_of_it(client, gus, cockpit):
    client.force_login(gus)
    address = f"/messaging/conversation/{cockpit.pk}/scheduled/"
    client.post(address, {"message": "Lunch?", "send_at": soon().isoformat()})
    lunch = Scheduled.objects.get()
    assert b"Lunch?" in client.get("/messaging/scheduled/").content
    client.post(f"/messaging/scheduled/{lunch.pk}/", {"message": "Dinner?", "send_at": soon(60).isoformat()})
    assert b"Dinner?" in client.get("/messaging/scheduled/").content
    client.post(f"/messaging/scheduled/{lunch.pk}/", {"do": "send"})
    assert posted(cockpit) == ["Dinner?"]
    assert b"Dinner?" not in client.get("/messaging/scheduled/").content


def test_the_page_shows_the_words_as_they_will_be_shown(client, gus, cockpit):
    body = f"**Lunch** with @{gus.username} <script>alert(1)</script>"
    schedule_message(conversation_id=cockpit.pk, by=gus, body=body, send_at=soon())
    client.force_login(gus)
    shown = client.get("/messaging/scheduled/").content.decode()
    assert f'<strong>Lunch</strong> with <span class="mention" data-user="{gus.pk}">' in shown
    assert "<script>alert" not in shown
    assert "**Lunch** with" in shown  # where its words can be changed


def test_the_page_tells_the_clock_of_who_is_written_to(client, ada, bob, direct, hangar):
    for conversation in (direct, hangar):
        schedule_message(conversation_id=conversation.pk, by=ada, body="Good morning", send_at=soon())
    client.force_login(ada)
    assert b"<other-clock" not in client.get("/messaging/scheduled/").content  # he has set no time zone
    bob.time_zone = "Asia/Tokyo"
    bob.save()
    shown = client.get("/messaging/scheduled/").content
    assert shown.count(b"<other-clock") == 1 and b'data-zone="Asia/Tokyo" data-name="Bob"' in shown
