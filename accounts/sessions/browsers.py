"""The browsers that a person is signed in with, and signing out of them."""

import hashlib

from django.db import transaction
from django.utils import timezone

from live.language import for_everybody

from ..actions.noting import note
from ..audit.asking import asker
from ..models import Session
from .browser_names import words_for
from .validity import tell_lines_of


def browsers_of(user_id, own_key):
    """[{handle, name, used_at, is_here}]: the browser with `own_key` first, then by latest use."""
    sessions = Session.objects.filter(user_id=user_id, expire_date__gt=timezone.now())
    told = [
        {
            "handle": handle_of(one.session_key),
            "name": words_for(one.browser),
            "used_at": one.used_at,
            "is_here": one.session_key == own_key,
        }
        for one in sessions.order_by("-used_at")
    ]
    return sorted(told, key=lambda one: not one["is_here"])


def sign_out_of(user_id, handle):
    """End the session with this handle and close its open lines. Returns whether there was one."""
    keys = Session.objects.filter(user_id=user_id).values_list("session_key", flat=True)
    return _end(user_id, [key for key in keys if handle_of(key) == handle])


def sign_out_elsewhere(user_id, own_key):
    keys = Session.objects.filter(user_id=user_id).exclude(session_key=own_key)
    return _end(user_id, list(keys.values_list("session_key", flat=True)))


def handle_of(session_key):
    """A name for a session that may be shown: nobody can sign in with it."""
    return hashlib.sha256(f"session {session_key}".encode()).hexdigest()[:20]


@transaction.atomic
def _end(user_id, keys):
    ended = Session.objects.filter(session_key__in=keys)
    agents = list(ended.order_by("-used_at").values_list("browser", flat=True))
    ended.delete()
    if keys:
        tell_lines_of(user_id)
        with for_everybody():
            note("session.ended_elsewhere", by=asker().person, browsers=", ".join(map(words_for, agents)))
    return bool(keys)
