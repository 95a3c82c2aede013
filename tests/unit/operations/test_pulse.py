"""Worker and beat write down that they live, by themselves and whether or not the database takes it."""

import pytest
from celery.signals import beat_init, worker_ready
from django.db import OperationalError
from django.utils import timezone

from operations import beats, pulse
from operations.health import judging
from operations.models import Check, Heartbeat


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


@pytest.fixture
def one_beat(monkeypatch):
    """(a round of this beat, a round of another)"""

    def of(name):
        before = None

        def goes_round():
            nonlocal before
            monkeypatch.setattr(beats, "OWN", f"beat {name}")
            before = pulse.note("scheduler", before)
            return judging.beat()

        return goes_round

    return of("one"), of("other")


@pytest.mark.django_db(transaction=True)
def test_two_beats_find_each_other(one_beat):
    one, other = one_beat
    assert one().ok and other().ok  # neither was there before
    finding = one()
    assert finding.ok is False and finding.what.startswith("2 run (process ")
    assert other().ok is False
    one()
    assert one().ok  # the other ended


@pytest.mark.django_db(transaction=True)
def test_a_beat_that_was_started_anew_is_no_second_one(one_beat):
    one, other = one_beat
    assert all([one().ok, one().ok, other().ok, other().ok, other().ok])
    Heartbeat.objects.filter(name="beat one").update(at=timezone.now() - Heartbeat.ALIVE_FOR * 2)
    other()
    assert list(Heartbeat.objects.filter(name__startswith="beat ").values_list("name", flat=True)) == [
        "beat other"
    ]


@pytest.mark.django_db(transaction=True)
def test_what_was_found_of_beats_long_ago_is_not_told(one_beat):
    for goes_round in one_beat * 2:
        goes_round()
    Check.objects.update(at=timezone.now() - beats.FRESH_FOR * 2)
    assert judging.beat().ok


@pytest.mark.parametrize(("signal", "name"), [(worker_ready, "worker"), (beat_init, "scheduler")])
def test_a_pulse_begins_with_its_process(monkeypatch, signal, name):
    begun = []
    monkeypatch.setattr("operations.tasks.begin_pulse", begun.append)
    monkeypatch.setattr("operations.tasks.beat.apply_async", lambda **_: None)
    signal.send(sender=None)
    assert begun == [name]
