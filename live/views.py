"""Is this process alive, and may it take traffic: for load balancers, and for the diagnostic."""

from django.db import DatabaseError, InterfaceError, connection
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from .arriving.reserve import reserve
from .hints import PROCESS_ID
from .process import hub_if_any
from .state import state_of


@require_safe
def healthz(request):
    return JsonResponse({"status": "ok", "process": PROCESS_ID})


@require_safe
def readyz(request):
    """200 when people can be served. Redis being away is told, but it is no reason to turn anybody away."""
    reasons = list(_reasons())
    state = {"ready": not reasons, "reasons": reasons, **state_of(hub_if_any())}
    return JsonResponse(state, status=200 if not reasons else 503)


def _reasons():
    if not _database_answers():
        yield "the database does not answer"
    if reserve.is_all_there_is():
        yield "it has no descriptor left for another line"


def _database_answers():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return True
    except (DatabaseError, InterfaceError):
        return False
