"""How fast one person may name others: a team is added in one go, and nobody finds out by trying who is here."""

from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from live.limits import Bucket

NAMES_PER_SECOND, NAMES_AT_ONCE = 1 / 30, 50


def limit_naming(user):
    """Whether there was somebody of that name makes no difference."""
    if _naming_bucket(user.pk).take():
        raise ValidationError(_("You named many people just now: please go on in a few minutes."))


@lru_cache(maxsize=10_000)
def _naming_bucket(user_id):
    return Bucket(NAMES_PER_SECOND, NAMES_AT_ONCE)
