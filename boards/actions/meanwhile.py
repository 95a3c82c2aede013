"""Merging an edit with what others changed since the editor loaded the page."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..wording import CALLED


def words_meant(task, given, seen):
    """{field: text} of those `given` that differ from what was `seen`, so that fields others changed meanwhile stay.

    ValidationError if somebody else wrote another text into the same field meanwhile.
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
    """The ids there are `now`, plus those that were added to the `seen` ones, minus those that were taken from them."""
    now, given, seen = set(now), set(given), set(seen)
    return (now | (given - seen)) - (seen - given)
