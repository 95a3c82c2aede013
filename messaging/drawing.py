"""A message and a line of the sidebar look the same to everybody, and are most of the work of a page: drawn once, kept.

What is kept is kept under all that the template is told, and so can never be out of date.
"""

from functools import cache

import orjson
from django.template import Context, engines
from django.utils import timezone

MOST = 8_192  # pieces kept drawn, of up to a few kilobytes each


def drawn(template, **told):
    """The HTML of a template that is told this, of JSON and dates, and nothing else."""
    key = orjson.dumps([template, told, timezone.get_current_timezone_name()])
    piece = _kept.get(key)
    if piece is None:
        if len(_kept) >= MOST:
            _kept.clear()
        piece = _kept[key] = _found(template).render(Context(told))
    return piece


@cache
def _found(template):
    return engines["django"].get_template(template).template


_kept = {}
