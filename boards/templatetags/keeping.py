"""Template tags and filters that tell how long messages are kept."""

from django import template

from .. import keeping

register = template.Library()
register.filter("kept", keeping.in_words)
register.filter("keep_choices", keeping.choices)


@register.filter
def keeps(board):
    """For how many days a board keeps messages."""
    return keeping.days_kept(board.retention_days)


@register.simple_tag
def installation_keeps():
    return keeping.days_kept()
