"""Who has a second factor, who must have one, and what its codes are.

The first factor is the password, or the word of the single sign-on; the second is a code of six digits that an app
makes (TOTP, RFC 6238), or one of ten recovery codes.
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
DRIFT = 1  # steps by which its clock may be wrong
REQUIRED_OF = {"": Q(pk=None), "administrators": Q(is_superuser=True), "all": Q()}


def is_on(user):
    return Authenticator.objects.filter(user_id=user.pk, type=APP).exists()


def is_required_of(user):
    return settings.REQUIRE_TWO_FACTOR == "all" or bool(
        settings.REQUIRE_TWO_FACTOR == "administrators" and user.is_superuser
    )


def is_wanting(user):
    """Whether this person must set it up before anything else."""
    return is_required_of(user) and not is_on(user)


def not_wanting(people):
    """Of these people, as a query, those who need not set it up first."""
    if not settings.REQUIRE_TWO_FACTOR:
        return people
    has_one = Exists(Authenticator.objects.filter(user=OuterRef("pk"), type=APP))
    return people.filter(~REQUIRED_OF[settings.REQUIRE_TWO_FACTOR] | Q(has_one))


def step_of(secret, code, after=-1):
    """The step for which an app with this secret shows this code, if it is near and later than `after`; else None."""
    now = int(time.time()) // STEP
    for step in range(max(now - DRIFT, after + 1), now + DRIFT + 1):
        if hmac.compare_digest(format_hotp_value(hotp_value(secret, step)).encode(), code.encode()):
            return step
    return None


def recovery_codes_left(user):
    """How many; None if they cannot be read any more, because SECRET_KEY is another one."""
    kept = Authenticator.objects.filter(user_id=user.pk, type=RECOVERY).first()
    try:
        return len(RecoveryCodes(kept).get_unused_codes()) if kept else 0
    except InvalidToken:
        return None
