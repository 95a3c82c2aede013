"""Which sessions are valid, and how they are ended."""

from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now
from django.utils import timezone

import live
from live.failpoints import is_off

KEYS_PER_QUERY = 500


def still_valid(session_keys):
    """{session key: user id} of those sessions that exist, have not expired and belong to an active person."""
    keys = list(session_keys)
    valid = {}
    for start in range(0, len(keys), KEYS_PER_QUERY):
        valid.update(_valid_among(keys[start : start + KEYS_PER_QUERY]))
    return valid


def end_sessions_of(user_id):
    """Sign a person out everywhere."""
    from ..models import Session

    Session.objects.filter(user_id=user_id).delete()
    tell_lines_of(user_id)


def note_seen(session_keys):
    """Note that these sessions and their people are connected now. Two queries for each five hundred."""
    from ..models import Session, User

    now, keys = timezone.now(), list(session_keys)
    for start in range(0, len(keys), KEYS_PER_QUERY):
        seen = Session.objects.filter(session_key__in=keys[start : start + KEYS_PER_QUERY])
        User.objects.filter(pk__in=seen.values("user_id")).update(last_seen_at=now)
        seen.update(used_at=now)


def tell_lines_of(user_id):
    """After COMMIT, have every process check whether this person's open lines are still signed in."""
    transaction.on_commit(partial(live.announce_session_end, user_id))


def database_now():
    """The present time as the database knows it: a web server's clock may be wrong, and end sessions early or late."""
    return timezone.now() if is_off("sessions.database_clock") else Now()


def _valid_among(keys):
    from ..models import Session, User
    from ..signing_in.two_factor import not_missing

    active = not_missing(User.objects.filter(pk=OuterRef("user_id"), is_active=True))
    return (
        Session.objects.filter(Exists(active), session_key__in=keys, expire_date__gt=database_now())
        .values_list("session_key", "user_id")
        .iterator()
    )
