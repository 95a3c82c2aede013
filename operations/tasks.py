"""What beat asks of the worker: a sign of life that has gone from beat by Redis and worker to the database."""

import logging
import socket

from celery import shared_task
from celery.signals import beat_init

log = logging.getLogger("operations")

SCHEDULE = {"beat": {"task": "operations.tasks.beat", "schedule": 30.0, "options": {"expires": 25}}}


@shared_task
def beat():
    from .models import Heartbeat

    Heartbeat.note("beat", socket.gethostname())


@beat_init.connect
def beat_at_once(sender, **kwargs):
    """The first beat is due only after 30 s: whoever waits for beat to answer need not wait for that."""
    try:
        beat.apply_async(expires=25, retry=False)
    except (
        Exception
    ) as error:  # whatever the broker's driver raises: Redis may come later, and the next beat with it
        log.info("no first heartbeat yet: %s", type(error).__name__)
