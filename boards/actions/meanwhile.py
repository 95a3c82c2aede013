"""What somebody means who wrote over what they saw, while others may have written there too."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..wording import CALLED


def words_meant(task, given, seen):
    """Of the words given, by field, those that are not only what was seen; what others wrote elsewhere stays.

    ValidationError where others wrote something else in the same field: neither is worth less.
    """
    meant = {field: value for field, value in given.items() if field not in seen or value != seen[field]}
    for field in meant.keys() & seen.keys():
        if getattr(task, field) not in (seen[field], meant[field]):
            raise ValidationError(
                _(
                    "The %(field)s was changed by somebody else meanwhile. "
                    "What you wrote is still here: look at both, then save again."
                ),
                params={"field": CALLED[field]},
            )
    return meant


def ids_meant(now, given, seen):
    """The set there is now, with what was added to the set seen and without what was taken from it."""
    now, given, seen = set(now), set(given), set(seen)
    return (now | (given - seen)) - (seen - given)
