"""What people type into a message, made fit to keep."""

import re
import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.names import TURNING

UNKEPT = re.compile("[\0\ud800-\udfff]")  # half a character of UTF-16, and what PostgreSQL takes for an end


def clean_body(text, *, may_be_empty=False):
    """The text as it will be kept; ValidationError when there is nothing in it, too much, or what cannot be stored."""
    if not isinstance(text, str):
        raise ValidationError(_("A message is a text."))
    limit = settings.LIVE["message_limit"]
    if len(text) > limit:
        raise ValidationError(
            _("Please use at most %(limit)d characters: this message has %(length)d."),
            params={"limit": limit, "length": len(text)},
        )
    if UNKEPT.search(text):
        raise ValidationError(_("This message holds characters that cannot be stored."))
    body = text.replace("\r\n", "\n").strip()
    if not may_be_empty and not any(_shows(character) for character in body):
        raise ValidationError(_("Please write something."))
    return body


def clean_emoji(emoji):
    """One emoji, which may be several characters joined; ValidationError for anything else."""
    if not isinstance(emoji, str) or not 0 < len(emoji) <= 16:
        raise ValidationError(_("A reaction is one emoji."))
    if not any(unicodedata.category(character) in {"So", "Sk", "Me"} for character in emoji) or not all(
        _is_of_emoji(character) for character in emoji
    ):
        raise ValidationError(_("A reaction is one emoji."))
    return emoji


def _shows(character):
    return unicodedata.category(character)[0] not in "ZC"


def _is_of_emoji(character):
    # Symbols, skin tones, keycap digits, flags' tags, variation selectors and the joiner.
    if character in TURNING:
        return False
    return (
        unicodedata.category(character) in {"So", "Sk", "Me", "Mn", "Cf", "Sm", "Po"}
        or character in "0123456789"
    )
