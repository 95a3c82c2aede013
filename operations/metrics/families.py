"""The numbers, each with its sentence: the line to browsers, the hints, the posts, and the errands that wait."""

from django.db import DatabaseError
from django.utils import timezone

from live import metrics
from live.process import hub_if_any
from messaging.models import Errand
from operations.models import Backup, Check, Heartbeat

from .text import Family

MODES = ("live", "degraded", "idle")


def families():
    hub = hub_if_any()
    yield from _line(hub)
    if hub is not None:
        yield from _hints(hub)
        yield from _delivery(hub)
    yield Family(
        "prizmai_batch_size",
        "histogram",
        "Messages written by one transaction; their sum is all that were written.",
    ).add_histogram(metrics.batches)
    yield from _errands()
    yield from _backups()


def _line(hub):
    mode = Family("prizmai_mode", "gauge", "1 for what the line is: live, degraded (without Redis) or idle.")
    for name in MODES:
        mode.add(int(name == (hub.mode if hub else "idle")), mode=name)
    yield mode
    yield Family("prizmai_sockets", "gauge", "Open lines to browsers.").add(len(hub.sockets) if hub else 0)
    followed = Family("prizmai_followed_streams", "gauge", "Streams that somebody here follows.")
    yield followed.add(len(hub.tracks) if hub else 0)


def _hints(hub):
    yield Family("prizmai_hints_sent_total", "counter", "News published to the other processes.").add(
        hub.hints.sent
    )
    yield Family(
        "prizmai_hints_lost_total", "counter", "News that could not be published; the poll finds it."
    ).add(hub.hints.lost)
    if hub.hints.round_trip is not None:
        yield Family(
            "prizmai_layer_round_trip_seconds",
            "gauge",
            "What the last probe of the channel layer took that came back.",
        ).add(float(hub.hints.round_trip))


def _delivery(hub):
    delay = Family(
        "prizmai_delivery_delay_seconds",
        "histogram",
        "From commit to socket, by the road of the news; for polled ones the most it can have been.",
    )
    for road, histogram in hub.delivery.delays.roads.items():
        delay.add_histogram(histogram, road=road)
    yield delay
    yield Family(
        "prizmai_poll_findings_total", "counter", "Times the poll found a stream ahead before anybody told."
    ).add(hub.delivery.found_by_poll)
    waiting = Family("prizmai_database_calls", "gauge", "Calls of the line to the database that run or wait.")
    yield waiting.add(hub.reading.waiting, pool="reading").add(hub.writing.waiting, pool="writing")


def _errands():
    now = timezone.now()
    try:
        due = Errand.objects.filter(done_at=None, due_at__lte=now).order_by("due_at")
        count, oldest = due.count(), due.values_list("due_at", flat=True).first()
        beat = Heartbeat.objects.filter(name="beat").first()
        unread = Check.objects.filter(name="unread").first()
    except DatabaseError:
        return  # the database is away: what the process knows by itself is told all the same
    yield Family("prizmai_errands_due", "gauge", "Errands of the outbox that are due and not done.").add(
        count
    )
    yield Family("prizmai_errands_oldest_seconds", "gauge", "How long the oldest of them has been due.").add(
        (now - oldest).total_seconds() if oldest else 0.0
    )
    if beat is not None:
        yield Family(
            "prizmai_beat_age_seconds", "gauge", "Since beat was heard by way of Redis and the worker."
        ).add(beat.age.total_seconds())
    if unread is not None:
        yield Family("prizmai_unread_drift", "gauge", "Counts told wrongly, as last gone through: 0.").add(
            unread.wrong
        )
        yield Family(
            "prizmai_unread_checked_seconds", "gauge", "Since all counts were last gone through."
        ).add((now - unread.at).total_seconds())


def _backups():
    now = timezone.now()
    try:
        made = Backup.objects.filter(size__isnull=False).first()
        proven = Backup.objects.filter(tested_at__isnull=False, failure="").first()
    except DatabaseError:
        return
    if made is not None:
        yield Family("prizmai_backup_age_seconds", "gauge", "Since the last backup was made.").add(
            (now - made.at).total_seconds()
        )
    if proven is not None:
        yield Family(
            "prizmai_restore_age_seconds", "gauge", "Since a backup was last brought back whole, for a test."
        ).add((now - proven.tested_at).total_seconds())
