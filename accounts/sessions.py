"""Questions about signed-in browsers, and how they are ended."""

from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now
from django.utils import timezone

import live
from live.failpoints import is_off

KEYS_PER_QUERY = 500


def still_valid(session_keys):
    """{session key: user id} of those which exist, have not expired and belong to an active person."""
    keys = list(session_keys)
    valid = {}
    for start in range(0, len(keys), KEYS_PER_QUERY):
        valid.update(_valid_among(keys[start : start + KEYS_PER_QUERY]))
    return valid


def end_sessions_of(user_id):
    """Sign a person out everywhere."""
    from .models import Session

    Session.objects.filter(user_id=user_id).delete()
    tell_lines_of(user_id)


def note_seen(session_keys):
    """These are connected now: they, and their people, were seen. Two queries for each five hundred."""
    from .models import Session, User

    now, keys = timezone.now(), list(session_keys)
    for start in range(0, len(keys), KEYS_PER_QUERY):
        seen = Session.objects.filter(session_key__in=keys[start : start + KEYS_PER_QUERY])
        User.objects.filter(pk__in=seen.values("user_id")).update(last_seen_at=now)
        seen.update(used_at=now)


def tell_lines_of(user_id):
    """Have this person's live lines checked again, in every process, once what was written is committed."""
    transaction.on_commit(partial(live.announce_session_end, user_id))


def present():
    """Now, by the database's clock: that of one web server may be wrong, and would end sessions early or late."""
    return timezone.now() if is_off("sessions.database_clock") else Now()


def _valid_among(keys):
    from .models import Session, User
    from .two_factor import not_wanting

    active = not_wanting(User.objects.filter(pk=OuterRef("user_id"), is_active=True))
    return (
        Session.objects.filter(Exists(active), session_key__in=keys, expire_date__gt=present())
        .values_list("session_key", "user_id")
        .iterator()
    )
