"""How fast one person may add others by name: fast enough for a team, too slow to find out who has an account."""

from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from live.limits import Bucket

NAMES_PER_SECOND, NAMES_AT_ONCE = 1 / 30, 50


def limit_naming(user):
    """ValidationError if this person named too many. Names that nobody has count too."""
    if _naming_bucket(user.pk).take():
        raise ValidationError(_("You named many people just now: please go on in a few minutes."))


@lru_cache(maxsize=10_000)
def _naming_bucket(user_id):
    return Bucket(NAMES_PER_SECOND, NAMES_AT_ONCE)
