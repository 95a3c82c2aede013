"""What /metrics says can be read by Prometheus, counts what happened, and is not for everybody."""

import asyncio
from datetime import timedelta

import pytest
from django.utils import timezone

from live.metrics import Delays, Histogram
from messaging.models import Errand
from operations.metrics.text import Family, written
from operations.models import Backup
from tests.launcher.prometheus import parse

pytestmark = pytest.mark.django_db


def read(client, **headers):
    answer = client.get("/metrics", **headers)
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/plain; version=0.0.4")
    return {
        (name, *(label for label in labels if label[0] != "process")): value
        for (name, labels), value in parse(answer.content.decode()).items()
    }


def test_a_process_without_sockets_tells_what_it_can(client):
    Errand.objects.create(verb="ring", noun_id=1, due_at=timezone.now() - timedelta(seconds=90))
    Errand.objects.create(verb="ring", noun_id=2, due_at=timezone.now() + timedelta(seconds=90))
    told = read(client)
    assert told["prizmai_mode", ("mode", "idle")] == 1
    assert told[("prizmai_sockets",)] == 0
    assert told[("prizmai_errands_due",)] == 1
    assert 90 <= told[("prizmai_errands_oldest_seconds",)] < 100


def test_the_last_backups_are_told(client):
    assert ("prizmai_backup_age_seconds",) not in read(client)
    kept = {"path": "/b", "size": 1, "messages": 1}
    Backup.objects.create(**kept, at=timezone.now() - timedelta(hours=2), tested_at=timezone.now())
    Backup.objects.create(**kept, at=timezone.now() - timedelta(hours=1))
    Backup.objects.create(path="/b", failure="no room")
    told = read(client)
    assert 3600 <= told[("prizmai_backup_age_seconds",)] < 3700
    assert 0 <= told[("prizmai_restore_age_seconds",)] < 100


@pytest.mark.parametrize(
    "from_elsewhere",
    [
        {"REMOTE_ADDR": "192.0.2.1"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=192.0.2.1"},
    ],
)
def test_metrics_are_read_from_elsewhere_with_the_token_alone(client, settings, from_elsewhere):
    assert client.get("/metrics", **from_elsewhere).status_code == 404
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer ", **from_elsewhere).status_code == 404
    settings.METRICS_TOKEN = "open sesame"
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer open", **from_elsewhere).status_code == 404
    assert read(client, HTTP_AUTHORIZATION="Bearer open sesame", **from_elsewhere)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_metrics_are_read_on_this_machine_without_a_token(client, address):
    assert read(client, REMOTE_ADDR=address)


def test_labels_are_escaped():
    family = Family("a", "gauge", "b").add(1.5, odd='say "hi"\\\n')
    assert (
        written([family], process="p")
        == '# HELP a b\n# TYPE a gauge\na{process="p",odd="say \\"hi\\"\\\\\\n"} 1.5\n'
    )


def test_a_histogram_counts_what_is_at_most_each_bound():
    histogram = Histogram(1, 2)
    for value in (0.5, 1, 1.5, 3):
        histogram.observe(value)
    assert histogram.read() == ([2, 3, 4], 6.0)


async def test_each_change_is_counted_once_on_its_road(monkeypatch):
    delays = Delays(asyncio.get_running_loop())
    monkeypatch.setattr("live.metrics.time.time", lambda: 100.0)
    delays.begin("log:1", 1, 99.5, "handed")
    delays.begin("log:1", 1, 99.9, "hinted")  # its own hint, coming back
    delays.begin("log:1", 2, 101.0, "hinted")  # by a clock that is ahead
    delays.begin("log:1", 3, 98.0, "polled")
    delays.begin("log:1", 4, None, "hinted")  # from a process that does not say when
    delays.end("log:1", 2)
    await asyncio.sleep(0)
    assert [delays.roads[road].read()[1] for road in ("handed", "hinted", "polled")] == [0.5, 0.0, 0.0]
    delays.end("log:1", 4)
    await asyncio.sleep(0)
    assert [delays.roads[road].read()[0][-1] for road in ("handed", "hinted", "polled")] == [1, 1, 1]


async def test_what_reaches_nobody_is_forgotten():
    delays = Delays(asyncio.get_running_loop())
    delays.begin("log:1", 1, 99.5, "hinted")
    assert delays._under_way
    delays.forget("log:1")
    assert not delays._under_way
