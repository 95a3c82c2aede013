"""Celery's doors to what may be late or repeated, and when beat knocks at them."""

from celery import shared_task
from django.utils import timezone

from accounts.models import Session

from .actions import (
    attaching,
    commenting,
    delivering,
    depicting,
    errands,
    expiring,
    exporting,
    falling_due,
    mailing,
    previewing,
    reminding,
    shrinking,
    waking,
)


@shared_task
def sweep_errands():
    errands.run_due()


@shared_task
def deliver_to_hooks():
    delivering.deliver_due()


@shared_task
def preview_links():
    previewing.preview_due()


@shared_task
def depict_files():
    depicting.depict_due()


@shared_task
def mail_digests():
    return mailing.mail_digests()


@shared_task
def remind_due():
    reminding.remind_due()


@shared_task
def tell_due():
    falling_due.tell_due()


@shared_task
def purge_sessions():
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    waking.forget_ended_browsers()


@shared_task
def purge_uploads():
    attaching.purge_uploads()


@shared_task
def expire_messages():
    expiring.expire_all()


@shared_task
def prepare_exports():
    exporting.prepare_exports()


@shared_task
def forget_unused_previews():
    previewing.forget_unused_previews()


@shared_task
def measure_pictures():
    shrinking.measure_pictures()


@shared_task
def recount_comments():
    commenting.recount_comments()


@shared_task
def forget_done_errands():
    errands.forget_done_errands()
    delivering.forget_done_deliveries()


SCHEDULE = {
    "sweep errands": {"task": "messaging.tasks.sweep_errands", "schedule": 5.0, "options": {"expires": 30}},
    "remind people": {"task": "messaging.tasks.remind_due", "schedule": 5.0, "options": {"expires": 30}},
    "deliver to webhooks": {
        "task": "messaging.tasks.deliver_to_hooks",
        "schedule": 1.0,
        "options": {"expires": 10},
    },
    "preview links": {"task": "messaging.tasks.preview_links", "schedule": 2.0, "options": {"expires": 10}},
    "depict files": {"task": "messaging.tasks.depict_files", "schedule": 2.0, "options": {"expires": 10}},
    "mail digests": {"task": "messaging.tasks.mail_digests", "schedule": 60.0, "options": {"expires": 60}},
    "tell what is due": {"task": "messaging.tasks.tell_due", "schedule": 60.0, "options": {"expires": 60}},
    "purge sessions": {
        "task": "messaging.tasks.purge_sessions",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "purge uploads": {
        "task": "messaging.tasks.purge_uploads",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "expire messages": {
        "task": "messaging.tasks.expire_messages",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "prepare exports": {
        "task": "messaging.tasks.prepare_exports",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
    "forget unused previews": {
        "task": "messaging.tasks.forget_unused_previews",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "measure pictures": {
        "task": "messaging.tasks.measure_pictures",
        "schedule": 600.0,
        "options": {"expires": 600},
    },
    "recount comments": {
        "task": "messaging.tasks.recount_comments",
        "schedule": 600.0,
        "options": {"expires": 600},
    },
    "forget errands": {"task": "messaging.tasks.forget_done_errands", "schedule": 86400.0},
}
