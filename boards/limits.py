"""How fast one person may add others by name: fast enough for a team, too slow to find out who has an account."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from live.limits import Buckets

NAMES_PER_SECOND, NAMES_AT_ONCE = 1 / 30, 50
NAMINGS = Buckets(lambda: (NAMES_PER_SECOND, NAMES_AT_ONCE))


def limit_naming(user):
    """ValidationError if this person named too many. Names that nobody has count too."""
    if NAMINGS.of(user.pk).take():
        raise ValidationError(_("You named many people just now: please go on in a few minutes."))
