"""Who has a second factor, who must have one, and what its codes are.

The first factor is the password or the single sign-on; the second is a code of six digits that an app makes (TOTP,
RFC 6238), or one of ten recovery codes.
"""

import hmac
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db.models import Exists, OuterRef, Q

APP, RECOVERY = Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES
STEP = 30  # seconds for which an app shows a code
DRIFT = 1  # steps by which the app's clock may be wrong
REQUIRED_OF = {"": Q(pk=None), "administrators": Q(is_superuser=True), "all": Q()}


def is_on(user):
    return Authenticator.objects.filter(user_id=user.pk, type=APP).exists()


def is_required_of(user):
    return settings.REQUIRE_TWO_FACTOR == "all" or bool(
        settings.REQUIRE_TWO_FACTOR == "administrators" and user.is_superuser
    )


def is_missing(user):
    """Whether this person must have a second factor, and has none."""
    return is_required_of(user) and not is_on(user)


def not_missing(people):
    """Those of these people, a query, for whom `is_missing` is false."""
    if not settings.REQUIRE_TWO_FACTOR:
        return people
    has_one = Exists(Authenticator.objects.filter(user=OuterRef("pk"), type=APP))
    return people.filter(~REQUIRED_OF[settings.REQUIRE_TWO_FACTOR] | Q(has_one))


def step_of(secret, code, after=-1):
    """The time step (RFC 6238) whose code this is; None unless it is near now and later than the step `after`."""
    now = int(time.time()) // STEP
    for step in range(max(now - DRIFT, after + 1), now + DRIFT + 1):
        if hmac.compare_digest(format_hotp_value(hotp_value(secret, step)).encode(), code.encode()):
            return step
    return None


def recovery_codes_left(user):
    """How many are unused; None if they cannot be decrypted any more, because SECRET_KEY has changed."""
    kept = Authenticator.objects.filter(user_id=user.pk, type=RECOVERY).first()
    try:
        return len(RecoveryCodes(kept).get_unused_codes()) if kept else 0
    except InvalidToken:
        return None
