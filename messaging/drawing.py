"""Drawing a message is most of the work of a page, and a message looks the same to everybody: so it is drawn once.

What is kept is kept under all that the template is told, and so can never be out of date.
"""

import orjson
from django.template import Context, engines
from django.utils import timezone

MOST = 4_096  # messages kept drawn, of a few kilobytes each


def drawn(message):
    """The HTML of one message, a dict as `timeline.opening_page` gives it."""
    key = orjson.dumps([message, timezone.get_current_timezone_name()])
    row = _kept.get(key)
    if row is None:
        if len(_kept) >= MOST:
            _kept.clear()
        row = _kept[key] = _template().render(Context({"message": message, "blank": False}))
    return row


def _template():
    return engines["django"].get_template("messaging/_message.html").template


_kept = {}
