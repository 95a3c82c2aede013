"""What a process writes down of itself (live/diary.py) goes into the database, which all of them share."""

import os
import socket
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ..models import LineProcess, Minute

KEPT = timedelta(hours=25)  # a day to look back on, and the hour it began in
STANDING = ["host", "pid", "at", "mode", "since", "sockets", "redis", "hears"]


def keep(state, minutes):
    """`state` as live/state.py tells it; `minutes` is {start: {at most so many seconds: changes}}."""
    name = state["process"]
    process = LineProcess(
        name=name,
        host=socket.gethostname(),
        pid=os.getpid(),
        at=timezone.now(),
        since=_moment(state["since"]),
        **{field: state[field] for field in ("mode", "sockets", "redis", "hears")},
    )
    rows = [Minute(process=name, at=_moment(at), counts=counts) for at, counts in minutes.items()]
    with transaction.atomic():
        _put(LineProcess, [process], ["name"], STANDING)
        _put(Minute, rows, ["process", "at"], ["counts"])


def forget():
    """What is too old to be shown."""
    before = timezone.now() - KEPT
    Minute.objects.filter(at__lt=before).delete()
    LineProcess.objects.filter(at__lt=before).delete()


def _put(model, rows, unique, changing):
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=unique, update_fields=changing)


def _moment(seconds):
    return datetime.fromtimestamp(seconds, UTC)
