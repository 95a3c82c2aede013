"""Cleaning what people type into names, titles and descriptions."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.names import without_hidden

# The names of fields within a sentence.
CALLED = {
    "name": _("name"),
    "title": _("title"),
    "description": _("description"),
    "due": _("due date"),
    "text": _("text"),
    "word": _("word"),
}


def one_line(text, *, limit, field):
    """The text on one line, without control characters; ValidationError if it is empty or too long."""
    line = " ".join(without_hidden(text).split())
    if not any(character.isprintable() and not character.isspace() for character in line):
        raise ValidationError({field: _("Please give a %(field)s.") % {"field": CALLED[field]}})
    return _within(line, limit, field)


def paragraphs(text, *, limit, field):
    """The text with its line breaks, without control characters; it may be empty. ValidationError if it is too long."""
    return _within(without_hidden(text.replace("\r\n", "\n"), keep="\n\t").strip(), limit, field)


def _within(text, limit, field):
    if len(text) > limit:
        raise ValidationError(
            {
                field: _("Please use at most %(limit)d characters: this %(field)s has %(length)d.")
                % {"limit": limit, "field": CALLED[field], "length": len(text)}
            }
        )
    return text
