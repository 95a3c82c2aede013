"""Errands are done once, however many sweep."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Session
from messaging import tasks
from messaging.actions import errands, run_due
from messaging.models import Errand

from ..conftest import say

RING = Errand.Verb.RING


@pytest.fixture
def errand(bob, hangar):
    say(bob, hangar, "Is the wing on?")
    Errand.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    return Errand.objects.get()


@pytest.fixture
def rung(monkeypatch):
    """What the errands were about, as they were run."""
    ids = []
    monkeypatch.setitem(errands.DO, RING, ids.append)
    return ids


def test_what_is_due_is_done_once(errand, rung):
    assert run_due() == 1
    assert run_due() == 0
    assert rung == [errand.noun_id]


def test_what_is_not_due_waits(errand, rung):
    Errand.objects.update(due_at=timezone.now() + timedelta(seconds=5))
    assert run_due() == 0 and rung == []


def test_of_two_sweepers_one_has_the_errand(errand):
    first, second = Errand.objects.get(), Errand.objects.get()
    assert errands._claim(first)
    assert not errands._claim(second)


def test_a_failing_errand_is_tried_again_later(errand, rung, monkeypatch):
    def fail(noun_id):
        raise OSError("no network today")

    monkeypatch.setitem(errands.DO, RING, fail)
    assert run_due() == 0
    errand.refresh_from_db()
    assert errand.done_at is None and errand.attempts == 1 and errand.due_at > timezone.now()
    assert "no network today" in errand.last_error
    monkeypatch.setitem(errands.DO, RING, rung.append)
    Errand.objects.update(due_at=timezone.now())
    assert run_due() == 1 and len(rung) == 1


@pytest.mark.parametrize("verb", [Errand.Verb.PREVIEW, Errand.Verb.SHRINK])
def test_what_works_on_files_of_others_is_given_up(db, caplog, verb):
    """Also when no worker lived to say that it failed; all else is tried for ever."""
    made = Errand.objects.create
    young, lasting = (made(verb=verb, noun_id=1, attempts=tries) for tries in (9, 10))
    promised = made(verb=Errand.Verb.SEND, noun_id=1, attempts=10)
    assert [errands._claim(one) for one in (young, lasting, promised)] == [True, False, True]
    assert f"Errand {lasting.pk} ({verb}) is given up." in caplog.text
    assert list(Errand.objects.exclude(done_at=None)) == [lasting]


def test_what_a_failure_quotes_can_be_kept(errand, monkeypatch):
    def fail(noun_id):
        raise OSError("HTTP/1.1 \0 hello")

    monkeypatch.setitem(errands.DO, RING, fail)
    run_due()
    errand.refresh_from_db()
    assert errand.last_error == "OSError: HTTP/1.1 hello"


def test_done_errands_are_forgotten_after_a_week(errand, rung):
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
