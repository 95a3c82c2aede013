"""Beat goes on asking for jobs, whatever becomes of the clock."""

from datetime import timedelta

import pytest
from celery import Celery, schedules
from celery.app.base import Celery as App
from celery.beat import PersistentScheduler
from celery.utils.imports import symbol_by_name
from django.conf import settings

EVERY = 30.0  # seconds


@pytest.fixture
def clock(monkeypatch):
    """One that is moved by `ahead`."""

    class Clock:
        ahead = timedelta()

    for asked in (App, schedules.BaseSchedule):
        real = asked.now
        monkeypatch.setattr(asked, "now", lambda one, real=real: real(one) + Clock.ahead)
    return Clock


@pytest.fixture
def beat(tmp_path, monkeypatch):
    """A function that starts one on the same file: it ticks until nothing is due, and says what it asked for."""
    app = Celery("trial", broker="memory://", set_as_current=False)
    app.conf.beat_schedule = {"sweep": {"task": "sweep", "schedule": EVERY}}
    app.conf.timezone, app.conf.result_expires = settings.CELERY_TIMEZONE, settings.CELERY_RESULT_EXPIRES

    def start(kind=None):
        chosen = kind or symbol_by_name(settings.CELERY_BEAT_SCHEDULER)
        scheduler, asked = chosen(app, schedule_filename=str(tmp_path / "schedule")), []
        monkeypatch.setattr(scheduler, "apply_async", lambda entry, **_: asked.append(entry.name))
        monkeypatch.setattr(type(scheduler), "producer", None)

        def ticks():
            asked.clear()
            while scheduler.tick() == 0:
                pass
            return list(asked)

        ticks.stop = scheduler.close
        return ticks

    return start


def has_run_ahead(beat, clock):
    """A beat that asked for its job two hours from now."""
    assert beat() == []
    clock.ahead = timedelta(hours=2)
    assert beat() == ["sweep"] and beat() == []


@pytest.mark.parametrize("anew", [False, True], ids=["it goes on", "it is started anew"])
def test_a_clock_set_back_silences_nothing(beat, clock, anew):
    ticks = beat()
    has_run_ahead(ticks, clock)
    clock.ahead = timedelta()
    if anew:
        ticks.stop()
        ticks = beat()
    assert ticks() == ["sweep"] and ticks() == []
    clock.ahead = timedelta(seconds=EVERY + 1)
    assert ticks() == ["sweep"] and ticks() == []


def test_celerys_own_would_be_silent(beat, clock):
    ticks = beat(PersistentScheduler)
    has_run_ahead(ticks, clock)
    clock.ahead = timedelta(seconds=EVERY + 1)
    assert ticks() == []
