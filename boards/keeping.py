"""For how many days messages are kept: as the room, else the board, else the installation says, within bounds.

0 days mean for ever. None means that a room or board has no setting of its own.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

FOR_EVER = 0
LONGEST = 36_500
USUAL = (7, 30, 90, 180, 365, 730, 1825, FOR_EVER)  # days that are offered to choose from


def days_kept(*wishes):
    """The days that apply: the first of these that is not None, or else the installation's, within the bounds."""
    days = next((wish for wish in wishes if wish is not None), settings.RETENTION["days"])
    least, most = _bounds()
    if days == FOR_EVER or (most and days > most):
        return most
    return max(days, least)


def days_wished(text):
    """The days chosen in a form, None for an empty field; ValidationError for what the host does not allow."""
    if text == "":
        return None
    days = int(text) if text.isascii() and text.isdigit() and len(text) <= 5 else LONGEST + 1
    if days > LONGEST:
        raise ValidationError(_("Please choose for how many days messages are kept."))
    if days_kept(days) != days:
        raise ValidationError(
            _("Here messages are kept %(bounds)s: please choose within that."),
            params={"bounds": _bounds_in_words()},
        )
    return days


def choices(wish):
    """[(days, words)] that may be chosen, with the present setting among them."""
    days = {one for one in (*USUAL, *([] if wish is None else [wish])) if days_kept(one) == one}
    return [(one, in_words(one)) for one in sorted(days, key=lambda one: one or LONGEST + 1)]


def in_words(days):
    """The end of a sentence that begins with "messages are kept"."""
    if days == FOR_EVER:
        return gettext("for ever")
    return ngettext("for a day", "for %(days)d days", days) % {"days": days}


def may_end():
    """Whether messages are deleted where neither the room nor the board says so."""
    return days_kept() != FOR_EVER


def _bounds():
    return settings.RETENTION["least"], settings.RETENTION["most"]


def _bounds_in_words():
    least, most = _bounds()
    at_least = gettext("at least %(time)s") % {"time": in_words(least)}
    at_most = gettext("at most %(time)s") % {"time": in_words(most)}
    if least and most:
        return gettext("%(at_least)s and %(at_most)s") % {"at_least": at_least, "at_most": at_most}
    return at_least if least else at_most
