"""What people type into names, titles and descriptions, made fit to keep."""

from django.core.exceptions import ValidationError

from accounts.names import without_hidden


def one_line(text, *, limit, field):
    """The text on one line, without control characters; ValidationError when empty or too long."""
    line = " ".join(without_hidden(text).split())
    if not any(character.isprintable() and not character.isspace() for character in line):
        raise ValidationError({field: f"Please give a {field}."})
    return _within(line, limit, field)


def paragraphs(text, *, limit, field):
    """The text with its line breaks, without control characters; may be empty."""
    return _within(without_hidden(text.replace("\r\n", "\n"), keep="\n\t").strip(), limit, field)


def _within(text, limit, field):
    if len(text) > limit:
        raise ValidationError(
            {field: f"Please use at most {limit} characters: this {field} has {len(text)}."}
        )
    return text
