"""Between the issuer's word and the password: who came by single sign-on, and shows now that an account is theirs."""

import time

from django.conf import settings

from ..addresses import is_claimed_by

PENDING = "newcomer_by_single_sign_on"
GOOD_FOR = 600  # seconds


def begin(request, newcomer, may_be_new):
    """`newcomer` as actions.come_by_sign_on takes them."""
    request.session[PENDING] = {"newcomer": newcomer, "may_be_new": may_be_new, "at": time.time()}


def pending(request):
    """{newcomer, may_be_new, at}, or None."""
    kept = request.session.get(PENDING) if settings.OIDC else None
    return kept if kept and kept["at"] > time.time() - GOOD_FOR else None


def end(request):
    request.session.pop(PENDING, None)


def may_sign_in_by_password(request, person):
    """Where single sign-on is the only way in, a password serves to link the account with it, and nothing else."""
    waiting = pending(request)
    return not settings.OIDC.is_only_way or bool(
        waiting and is_claimed_by(person, waiting["newcomer"]["address"])
    )
