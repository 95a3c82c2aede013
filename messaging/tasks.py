"""The Celery tasks for what may be late or repeated, and how often beat asks for them."""

from celery import shared_task
from django.utils import timezone

from accounts.models import Session

from .actions import errands
from .actions.files import attaching, depicting, previewing, shrinking
from .actions.hooks import delivering
from .actions.notices import falling_due, mailing, waking
from .actions.own import reminding
from .actions.past import expiring, exporting
from .actions.saying import commenting


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


def _every(seconds, name, expires=None):
    """An entry of beat's schedule. What no worker took within `expires` seconds is dropped: the next one does it."""
    return {
        "task": f"{__name__}.{name}",
        "schedule": float(seconds),
        "options": {"expires": expires or seconds},
    }


SCHEDULE = {
    "deliver to webhooks": _every(1, "deliver_to_hooks", expires=10),
    "preview links": _every(2, "preview_links", expires=10),
    "depict files": _every(2, "depict_files", expires=10),
    "sweep errands": _every(5, "sweep_errands", expires=30),
    "remind people": _every(5, "remind_due", expires=30),
    "prepare exports": _every(15, "prepare_exports"),
    "mail digests": _every(60, "mail_digests"),
    "tell what is due": _every(60, "tell_due"),
    "measure pictures": _every(600, "measure_pictures"),
    "recount comments": _every(600, "recount_comments"),
    "purge sessions": _every(3600, "purge_sessions"),
    "purge uploads": _every(3600, "purge_uploads"),
    "expire messages": _every(3600, "expire_messages"),
    "forget unused previews": _every(3600, "forget_unused_previews"),
    "forget errands": {"task": f"{__name__}.forget_done_errands", "schedule": 86400.0},
}
