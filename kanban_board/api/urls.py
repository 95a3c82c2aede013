"""The addresses of the API. Its doors are opened by tokens alone, so no cookie needs to be guarded here."""

from functools import wraps

from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from . import api
from .page import description, page
from .refusals import asked_otherwise, nothing, too_large

app_name = "api"
LARGEST_BODY = 64 * 1024  # bytes; files come as multipart, and have a limit of their own


def door(view):
    @csrf_exempt
    @wraps(view)
    def entered(request, **address):
        if request.content_type != "multipart/form-data" and is_too_large(request):
            return too_large()
        answer = view(request, **address)
        return asked_otherwise(answer["Allow"]) if answer.status_code == 405 else answer

    return entered


def is_too_large(request):
    """By the request's own word, or else as it came."""
    announced = int(request.META.get("CONTENT_LENGTH") or 0)
    return announced > LARGEST_BODY or len(request.body) > LARGEST_BODY


doors = [
    path(str(one.pattern), door(one.callback), name=one.name) for one in api.urls[0] if one.name != "api-root"
]

urlpatterns = [
    path("", page, name="page"),
    path("openapi.json", description, name="description"),
    *doors,
    path("<path:anything>", csrf_exempt(nothing), name="nothing"),
]
