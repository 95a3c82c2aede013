"""All unread counts gone through anew, in slices, so that no job waits long for it; and again after a rest."""

import logging
from datetime import timedelta

from django.utils import timezone

from messaging.queries.checking import go_through

from ..models import Check

log = logging.getLogger("operations")

SLICE = 5.0  # seconds of work at once
REST = timedelta(hours=6)  # from one round to the next
SOON = timedelta(minutes=15)  # the same when something was wrong: it may have been mended
SHOWN = 20  # of what was wrong

DONE, UNDER_WAY = "unread", "unread so far"


def go_on():
    """One slice, if a round is due or under way. Safe to repeat."""
    so_far = Check.objects.filter(name=UNDER_WAY).first()
    if so_far is None and _rests():
        return
    after, wrong, found = (
        (so_far.found["after"], so_far.wrong, so_far.found["told"]) if so_far else (0, 0, [])
    )
    drifts, last = go_through(after, SLICE)
    for drift in drifts:
        log.error("A count is told wrongly: %s", drift)
    wrong += len(drifts)
    found = [*found, *map(str, drifts)][:SHOWN]
    if last is None:
        Check.note(DONE, wrong, found)
        Check.objects.filter(name=UNDER_WAY).delete()
    else:
        Check.note(UNDER_WAY, wrong, {"after": last, "told": found})


def _rests():
    done = Check.objects.filter(name=DONE).first()
    return done is not None and timezone.now() - done.at < (SOON if done.wrong else REST)
