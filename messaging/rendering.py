"""A message and a line of the sidebar look the same to everybody, and are most of the work of a page: rendered once,
and kept.

What is kept is kept under all that the template is told, and so can never be out of date.
"""

from functools import cache

import orjson
from django.template import Context, engines
from django.utils import timezone
from django.utils.translation import get_language

MOST = 16 * 2**20  # characters of HTML that is kept, and of what it was made from


def rendered(template, **told):
    """The HTML of a template that is told this, of JSON and dates, and nothing else."""
    key = orjson.dumps([template, told, timezone.get_current_timezone_name(), get_language()])
    piece = _kept.get(key)
    if piece is None:
        # Numbers are ids and counts, and stand as they are.
        piece = _found(template).render(Context(told, use_l10n=False))
        _kept.keep(key, piece)
    return piece


class Kept(dict):
    """Everything is let go when it has become too much. Threads that keep at once may count a little wrong."""

    size = 0

    def keep(self, key, piece):
        if self.size >= MOST:
            self.clear()
            self.size = 0
        self[key] = piece
        self.size += len(key) + len(piece)


@cache
def _found(template):
    return engines["django"].get_template(template).template


_kept = Kept()
