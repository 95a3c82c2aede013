"""How long messages are kept, in templates."""

from django import template

from .. import keeping

register = template.Library()
register.filter("kept", keeping.in_words)
register.filter("keep_choices", keeping.choices)


@register.filter
def keeps(board):
    """The days for which a board keeps what is said."""
    return keeping.days_kept(board.retention_days)


@register.simple_tag
def installation_keeps():
    return keeping.days_kept()
