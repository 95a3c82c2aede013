"""What can go wrong with a frame, and how the socket says it."""

from math import ceil

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import DatabaseError, InterfaceError
from django.utils.translation import gettext

from .database.pool import Busy


class Refused(Exception):
    """This socket may not be open; `code`, of live.close_codes, says why."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Malformed(Exception):
    """The frame is none that this socket understands."""


class RateLimited(Exception):
    def __init__(self, retry_after):
        super().__init__(retry_after)
        self.retry_after = ceil(retry_after * 100) / 100  # seconds; never told as none


def error_frame(error, client_id=None):
    """The `error` frame for an exception, or None when it is a fault of ours."""
    match error:
        case Malformed():
            frame = {
                "code": "malformed",
                "detail": str(error) or "This frame is not understood.",
                "temporary": False,
            }
        case RateLimited():
            frame = {
                "code": "rate_limited",
                "detail": gettext("Too many messages at once."),
                "temporary": True,
            }
            frame["retry_after"] = error.retry_after
        case ValidationError():
            frame = {"code": "invalid", "detail": " ".join(error.messages), "temporary": False}
        case PermissionDenied():
            frame = {
                "code": "forbidden",
                "detail": str(error) or gettext("You may not do this."),
                "temporary": False,
            }
        case ObjectDoesNotExist():
            frame = {
                "code": "not_found",
                "detail": gettext("There is no such message here."),
                "temporary": False,
            }
        case Busy() | DatabaseError() | InterfaceError():
            frame = {
                "code": "unavailable",
                "detail": gettext("The server cannot save this right now."),
                "temporary": True,
            }
            frame["retry_after"] = 1.0
        case _:
            return None
    if client_id:
        frame["client_id"] = client_id
    return {"type": "error", **frame}
