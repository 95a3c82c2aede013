"""What the diagnostic finds, one question at a time."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import NotSupportedError, connection
from django.db.backends.postgresql.features import DatabaseFeatures
from django.db.migrations import executor
from django.utils import timezone

from operations.doctor import database, jobs
from operations.models import Heartbeat

GUIDE = Path(__file__).parents[3] / "docs/self-hosting.md"


@pytest.fixture
def place():
    class Place:
        def need_django(self):
            pass

    return Place()


def test_an_old_database_is_to_be_upgraded(place, monkeypatch):
    monkeypatch.setattr(connection.features, "minimum_database_version", (99,))
    monkeypatch.setattr(connection, "get_database_version", lambda: (13, 4))
    monkeypatch.setattr(executor, "MigrationExecutor", lambda one: one.check_database_version_supported())
    (found,) = database.check(place)
    assert "99 or later is required (found 13.4)" in found.what
    assert "14 or newer" in found.cure


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("ago", "ok", "told"),
    [
        (20, True, "Was heard 20 s ago."),
        (-5, True, "Was heard 0 s ago."),
        (100, False, "was last heard"),
        (-82_800, False, "82800 s from now"),
    ],
)
def test_beat_is_heard_at_a_time_that_can_be(place, ago, ok, told):
    Heartbeat.objects.create(name="beat", at=timezone.now() - timedelta(seconds=ago))
    (found,) = jobs.check_beat(place)
    assert found.ok is ok and told in found.what


def test_the_guide_asks_for_the_database_that_django_asks_for():
    oldest = DatabaseFeatures.minimum_database_version[0]
    for written in (GUIDE.read_text(), database._cure_of(NotSupportedError())):
        assert re.findall(r"PostgreSQL (\d+) or newer", written) == [str(oldest)]
