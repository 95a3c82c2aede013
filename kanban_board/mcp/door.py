"""The one address of the protocol: streamable HTTP without a stream, so every POST is answered by itself."""

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

from accounts.api import Bearer, refusal, told
from live.arriving.origin import normal

from ..api import api
from ..api.refusals import asked_otherwise, too_large
from ..api.urls import is_too_large
from .rpc import answered

ELSEWHERE = "Pages of other sites may not ask here: the host lists theirs in ALLOWED_ORIGINS."
STREAMS = "There is no stream and no session here: POST each message, as docs/mcp.md says."
enter = Bearer()


@csrf_exempt
def mcp(request):
    """Entered as the API is: by a token alone."""
    if not _is_welcome(request):
        return refusal(403, "forbidden", ELSEWHERE)
    if request.method != "POST":
        return asked_otherwise("POST", STREAMS)
    if is_too_large(request):
        return too_large()
    try:
        request.auth = enter(request)
    except Exception as error:  # whatever it is, the API knows what to say
        return api.on_exception(request, error)
    status, answer = answered(request)
    return HttpResponse(status=status) if answer is None else told(answer, status)


def _is_welcome(request):
    """A program says no Origin; a page does, and must be ours (against DNS rebinding)."""
    origin = request.headers.get("Origin")
    try:
        return origin is None or normal(origin) in {
            normal(f"{request.scheme}://{request.get_host()}"),
            *map(normal, settings.ALLOWED_ORIGINS),
        }
    except ValueError:
        return False
