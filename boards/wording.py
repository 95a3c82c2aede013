"""What people type into names, titles and descriptions, made fit to keep."""

import unicodedata

from django.core.exceptions import ValidationError


def one_line(text, *, limit, field):
    """The text on one line, without control characters; ValidationError when empty or too long."""
    line = " ".join(_without_controls(text).split())
    if not any(character.isprintable() and not character.isspace() for character in line):
        raise ValidationError({field: f"Please give a {field}."})
    return _within(line, limit, field)


def paragraphs(text, *, limit, field):
    """The text with its line breaks, without control characters; may be empty."""
    return _within(_without_controls(text.replace("\r\n", "\n"), keep="\n\t").strip(), limit, field)


def _without_controls(text, keep=""):
    # Lone surrogates (Cs) cannot be stored as UTF-8, and PostgreSQL refuses NUL.
    return "".join(c if c in keep or unicodedata.category(c) not in {"Cc", "Cs"} else " " for c in text)


def _within(text, limit, field):
    if len(text) > limit:
        raise ValidationError(
            {field: f"Please use at most {limit} characters: this {field} has {len(text)}."}
        )
    return text
