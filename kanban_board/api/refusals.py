"""Whatever goes wrong at a door of the API is told in one shape."""

from django.core.exceptions import (
    ObjectDoesNotExist,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.db import DatabaseError, InterfaceError
from django.http import Http404
from django.http.multipartparser import MultiPartParserError
from ninja.errors import HttpError
from ninja.errors import ValidationError as Misshapen

from accounts.api import Unauthorized, refusal
from boards.actions.changing import NoSuchThing
from live.sockets.errors import RateLimited

NOT_HERE = "There is no such thing, or it is not for you: look at the id."
FORBIDDEN = "You may not do this."
UNREADABLE = "This body cannot be read: send JSON, or a file as multipart/form-data."
TOO_FAST = "That is more at once than a person can do: wait, then send the same again."
TOO_LARGE = "This body is too large: 64 KiB at most, and 10 MB with a file."
UNAVAILABLE = "The server cannot do this right now."
NOT_SO = "This address is asked in another way: see /api/v1/ for how."


def refuse(api):
    for kinds, answer in ANSWERS.items():
        for kind in kinds:
            api.add_exception_handler(kind, answer)


def _unauthorized(request, error):
    answer = refusal(error.status, error.code, str(error))
    answer["WWW-Authenticate"] = ", ".join(filter(None, ['Bearer realm="PrizmAI"', error.challenge]))
    return answer


def _misshapen(request, error):
    """Field by field."""
    return refusal(400, "malformed", "; ".join(f"{_name(one)}: {one['msg']}" for one in error.errors)[:1_000])


def _name(one):
    path = [
        str(part) for part in one["loc"] if part not in ("body", "query", "path", "form", "file", "asked")
    ]
    return ".".join(path) or "body"


ANSWERS = {
    (Unauthorized,): _unauthorized,
    (Misshapen,): _misshapen,
    (HttpError, SuspiciousOperation, MultiPartParserError): lambda request, error: refusal(
        400, "malformed", UNREADABLE
    ),
    (ValidationError,): lambda request, error: refusal(400, "invalid", " ".join(error.messages)),
    (Http404, ObjectDoesNotExist, NoSuchThing): lambda request, error: nothing(request),
    (PermissionDenied,): lambda request, error: refusal(403, "forbidden", str(error) or FORBIDDEN),
    (RequestDataTooBig,): lambda request, error: too_large(),
    (RateLimited,): lambda request, error: refusal(
        429, "rate_limited", TOO_FAST, retry_after=error.retry_after
    ),
    (DatabaseError, InterfaceError): lambda request, error: refusal(
        503, "unavailable", UNAVAILABLE, retry_after=1.0
    ),
}


def nothing(request, anything=None):
    """An id that one may not see, an id of nothing, and an address of nothing are answered alike."""
    return refusal(404, "not_found", NOT_HERE)


def too_large():
    return refusal(413, "too_large", TOO_LARGE)


def asked_otherwise(allowed, detail=NOT_SO):
    answer = refusal(405, "method_not_allowed", detail)
    answer["Allow"] = allowed
    return answer
