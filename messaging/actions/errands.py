"""Running the errands that are due."""

import logging
from contextlib import contextmanager
from datetime import timedelta
from math import inf

from django.db.models import F
from django.utils import timezone

from accounts.names import one_line
from live.failpoints import pass_by

from ..models import Errand
from .files.shrinking import shrink
from .notices.pushing import push_notification, ring_conversation
from .rooms.folding import fold_activity
from .saying.scheduling import send_scheduled

log = logging.getLogger("messaging.errands")

DO = {
    Errand.Verb.PUSH: push_notification,
    Errand.Verb.RING: ring_conversation,
    Errand.Verb.SEND: send_scheduled,
    Errand.Verb.SHRINK: shrink,
    Errand.Verb.FOLD: fold_activity,
}
MOST_AT_ONCE = 200
LEASE = timedelta(seconds=60)  # how long a claimed errand is left to whoever claimed it
LONGEST_WAIT = timedelta(hours=1)  # between tries of one that keeps failing
KEPT = timedelta(days=7)  # after they are done
# What works on files of others may fail for ever, or take its worker along: given up after so many tries, over hours.
MOST_TRIES = {Errand.Verb.SHRINK: 10, Errand.Verb.DEPICT: 3, Errand.Verb.PREVIEW: 10}


def run_due():
    """Do what is due; several sweepers may run at once. Returns how many errands were done."""
    return sum(_run(errand) for errand in list(_due().filter(verb__in=DO)[:MOST_AT_ONCE]))


def claim_due(verb, most):
    """The same errands one by one, for whoever does several of them side by side: those that are theirs to do."""
    return [errand for errand in list(_due().filter(verb=verb)[:most]) if _claim(errand)]


@contextmanager
def finish(errand):
    """What is done within is the end of a claimed errand, or the reason why it is put off."""
    pass_by("errand.claimed")
    try:
        yield
    except Exception as error:
        log.warning("Errand %s (%s) failed: %s", errand.pk, errand.verb, type(error).__name__)
        _put_off(errand, error)
    else:
        Errand.objects.filter(pk=errand.pk).update(done_at=timezone.now(), last_error="")
        errand.done_at = timezone.now()


def forget_done_errands():
    return Errand.objects.filter(done_at__lt=timezone.now() - KEPT).delete()[0]


def _run(errand):
    if not _claim(errand):
        return False
    with finish(errand):
        DO[errand.verb](errand.noun_id)
    return errand.done_at is not None


def _due():
    return Errand.objects.filter(done_at=None, due_at__lte=timezone.now())


def _claim(errand):
    """One conditional update: whoever changes the row has the errand, and loses it when they do not come back."""
    asked = Errand.objects.filter(pk=errand.pk, done_at=None, due_at=errand.due_at)
    if errand.attempts >= MOST_TRIES.get(errand.verb, inf):
        _give_up(errand, asked)
        return False
    return asked.update(due_at=timezone.now() + LEASE, attempts=F("attempts") + 1) == 1


def _give_up(errand, asked):
    if asked.update(done_at=timezone.now()):
        log.warning("Errand %s (%s) is given up.", errand.pk, errand.verb)


def _put_off(errand, error):
    wait = min(timedelta(seconds=30) * 2 ** min(errand.attempts, 10), LONGEST_WAIT)
    said = one_line(f"{type(error).__name__}: {error}")[:200]
    Errand.objects.filter(pk=errand.pk).update(due_at=timezone.now() + wait, last_error=said)
