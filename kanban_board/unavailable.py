"""The answer while the database is away, or more is asked than can be done: it passes, and what was written is kept."""

import sys

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.defaults import server_error

from live.database.pool import AWAY
from messaging.views.doors import refusal, wants_json

AGAIN_AFTER = 2  # seconds
BROKEN = "Something broke here, and whoever runs this server finds why in its log."


def unavailable(request):
    """For a script in JSON, for a person a page that asks the database nothing."""
    if wants_json(request) or _is_of_api(request):
        answer = refusal(
            _("The server cannot do this right now."),
            503,
            code="unavailable",
            temporary=True,
            retry_after=float(AGAIN_AFTER),
        )
    else:
        again_after = AGAIN_AFTER if request.method == "GET" else None
        answer = HttpResponse(render_to_string("503.html", {"again_after": again_after}), status=503)
    answer.headers["Retry-After"] = str(AGAIN_AFTER)
    return answer


def something_broke(request):
    """Django's handler of what nobody caught, while it is being handled."""
    if isinstance(sys.exception(), AWAY):
        return unavailable(request)
    return (
        refusal(BROKEN, 500, code="broken", temporary=False) if _is_of_api(request) else server_error(request)
    )


def _is_of_api(request):
    """Programs there may say nothing of what they want."""
    return request.path.startswith(("/api/", "/mcp"))
