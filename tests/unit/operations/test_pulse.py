"""Worker and beat write down that they live, by themselves and whether or not the database takes it."""

import pytest
from celery.signals import beat_init, worker_ready
from django.db import OperationalError

from operations import pulse
from operations.models import Heartbeat


@pytest.mark.django_db(transaction=True)
def test_a_sign_of_life_is_kept():
    pulse.note("worker")
    assert Heartbeat.objects.get(name="worker").is_alive


@pytest.mark.django_db(transaction=True)
def test_one_that_cannot_be_written_ends_nothing(monkeypatch):
    asked = []

    def refuses(name, host):
        asked.append(name)
        raise OperationalError("away")

    monkeypatch.setattr(Heartbeat, "note", refuses)
    pulse.note("worker")
    assert asked == ["worker"]


@pytest.mark.parametrize(("signal", "name"), [(worker_ready, "worker"), (beat_init, "scheduler")])
def test_it_begins_with_the_part(monkeypatch, signal, name):
    begun = []
    monkeypatch.setattr("operations.tasks.begin_pulse", begun.append)
    monkeypatch.setattr("operations.tasks.beat.apply_async", lambda **_: None)
    signal.send(sender=None)
    assert begun == [name]
