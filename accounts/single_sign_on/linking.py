"""A single sign-on that waits, in the session, until its person gives the password of their account to link it."""

import time

from django.conf import settings

from ..addresses import is_claimed_by

PENDING = "newcomer_by_single_sign_on"
GOOD_FOR = 600  # seconds


def begin(request, newcomer, may_be_new):
    """`newcomer` is {uid, address, user_name, name}, as actions.come_by_sign_on takes them."""
    request.session[PENDING] = {"newcomer": newcomer, "may_be_new": may_be_new, "at": time.time()}


def pending(request):
    """{newcomer, may_be_new, at (seconds)} of a single sign-on that waits, or None."""
    kept = request.session.get(PENDING) if settings.OIDC else None
    return kept if kept and kept["at"] > time.time() - GOOD_FOR else None


def end(request):
    request.session.pop(PENDING, None)


def may_sign_in_by_password(request, person):
    """Whether a password is accepted. If single sign-on is the only way in, it is only accepted to link an account."""
    waiting = pending(request)
    return not settings.OIDC.is_only_way or bool(
        waiting and is_claimed_by(person, waiting["newcomer"]["address"])
    )
