"""The answer while the database is away, or more is asked than can be done: it passes, and what was written is kept."""

import sys

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

from live.database.pool import AWAY
from messaging.views.doors import refusal, wants_json

AGAIN_AFTER = 2  # seconds


def unavailable(request):
    """For a script in JSON, for a person a page that asks the database nothing."""
    if wants_json(request):
        answer = refusal(
            "The server cannot do this right now.", 503, temporary=True, retry_after=float(AGAIN_AFTER)
        )
    else:
        answer = HttpResponse(render_to_string("503.html"), status=503)
    answer.headers["Retry-After"] = str(AGAIN_AFTER)
    return answer


def something_broke(request):
    """Django's handler of what nobody caught, while it is being handled."""
    is_away = isinstance(sys.exception(), AWAY)
    return unavailable(request) if is_away else server_error(request)
