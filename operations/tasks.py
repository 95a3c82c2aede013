"""What beat asks of the worker: a sign of life that has gone by Redis to the database, and to look after the whole."""

import logging
import socket

from celery import shared_task
from celery.signals import beat_init, task_failure, task_success, worker_ready

from messaging.actions.notices.mailing import NothingLeft

from .health import counting, keeping, looking
from .models import Check, Heartbeat
from .pulse import begin_pulse

log = logging.getLogger("operations")

SCHEDULE = {
    "beat": {"task": "operations.tasks.beat", "schedule": 30.0, "options": {"expires": 25}},
    "check unread": {"task": "operations.tasks.check_unread", "schedule": 60.0, "options": {"expires": 55}},
    "look": {"task": "operations.tasks.look", "schedule": 120.0, "options": {"expires": 110}},
    "forget minutes": {"task": "operations.tasks.forget", "schedule": 3600.0, "options": {"expires": 3600}},
}
LETTERS = "messaging.tasks.mail_digests"


@shared_task
def beat():
    Heartbeat.note("beat", socket.gethostname())


@shared_task
def check_unread():
    counting.go_on()


@shared_task
def look():
    looking.look()


@shared_task
def forget():
    keeping.forget()


@task_failure.connect
def no_letter_left(sender, exception, **kwargs):
    if isinstance(exception, NothingLeft):
        Check.note("letters", 1, [str(exception)])


@task_success.connect
def letters_left(sender, result, **kwargs):
    """Rounds in which nobody was due, or all rest, say nothing."""
    if sender.name == LETTERS and result:
        Check.objects.filter(name="letters").delete()


@worker_ready.connect
def the_worker_lives(sender, **kwargs):
    begin_pulse("worker")


@beat_init.connect
def beat_lives(sender, **kwargs):
    begin_pulse("scheduler")


@beat_init.connect
def beat_at_once(sender, **kwargs):
    """The first beat is due only after 30 s: whoever waits for beat to answer need not wait for that."""
    try:
        beat.apply_async(expires=25, retry=False)
    except (
        Exception
    ) as error:  # whatever the broker's driver raises: Redis may come later, and the next beat with it
        log.info("no first heartbeat yet: %s", type(error).__name__)
