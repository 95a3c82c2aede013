"""Errands are done once, however many sweep, and a letter goes only to who still needs it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Session
from messaging import tasks
from messaging.actions import delete_message, errands, mark_notifications_read, remove_member, run_due
from messaging.models import Errand

from .conftest import say


@pytest.fixture
def mention(bob, ada, hangar):
    say(bob, hangar, "@ada look at this")
    return ada.notifications.get()


def is_due():
    Errand.objects.filter(done_at=None).update(due_at=timezone.now() - timedelta(seconds=1))


def test_a_letter_waits_five_minutes(mention, mailoutbox):
    assert run_due() == 0
    wait = Errand.objects.get().due_at - timezone.now()
    assert timedelta(minutes=4, seconds=50) < wait < timedelta(minutes=5, seconds=1)


def test_a_mention_still_unread_is_mailed_once(mention, mailoutbox):
    is_due()
    assert run_due() == 1
    assert run_due() == 0
    (letter,) = mailoutbox
    assert letter.to == ["ada@example.org"]
    assert letter.subject == "Bob mentioned you in General"
    assert "@ada look at this" in letter.body and "/messaging/room/" in letter.body
    mention.refresh_from_db()
    assert mention.emailed_at


def test_a_mention_that_was_read_is_not_mailed(ada, mention, mailoutbox):
    mark_notifications_read(by=ada)
    is_due()
    assert run_due() == 1
    assert not mailoutbox


def test_what_was_taken_back_is_not_mailed(bob, mention, mailoutbox):
    delete_message(conversation_id=mention.message.conversation_id, message_id=mention.message_id, by=bob)
    is_due()
    run_due()
    assert not mailoutbox


def test_a_removed_person_gets_no_letter(ada, gus, cockpit, mailoutbox):
    say(ada, cockpit, "@gus secret")
    remove_member(by=ada, conversation_id=cockpit.pk, user_id=gus.pk)
    is_due()
    run_due()
    assert not mailoutbox


def test_of_two_sweepers_one_has_the_errand(mention):
    is_due()
    first, second = Errand.objects.get(), Errand.objects.get()
    assert errands._claim(first)
    assert not errands._claim(second)


def test_a_failing_errand_is_tried_again_later(mention, monkeypatch, mailoutbox):
    def fail(noun_id):
        raise OSError("no mail today")

    monkeypatch.setitem(errands.DO, Errand.Verb.MAIL_MENTION, fail)
    is_due()
    assert run_due() == 0
    errand = Errand.objects.get()
    assert errand.done_at is None and errand.attempts == 1 and errand.due_at > timezone.now()
    assert "no mail today" in errand.last_error
    monkeypatch.undo()
    is_due()
    assert run_due() == 1
    assert len(mailoutbox) == 1


def test_done_errands_are_forgotten_after_a_week(mention):
    is_due()
    run_due()
    assert errands.forget_done_errands() == 0
    Errand.objects.update(done_at=timezone.now() - timedelta(days=8))
    assert errands.forget_done_errands() == 1


def test_expired_sessions_are_purged(db):
    for key, days in (("old", -1), ("new", 1)):
        Session.objects.create(
            session_key=key, session_data="", expire_date=timezone.now() + timedelta(days=days)
        )
    tasks.purge_sessions()
    assert [session.session_key for session in Session.objects.all()] == ["new"]


def test_every_task_of_the_schedule_exists():
    for entry in tasks.SCHEDULE.values():
        module, _, name = entry["task"].rpartition(".")
        assert module == "messaging.tasks" and hasattr(tasks, name)
