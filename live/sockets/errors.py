"""What can go wrong with a frame, and how the socket says it."""

from math import ceil

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import DatabaseError, InterfaceError
from django.utils.translation import gettext

from ..database.pool import Busy


class Refused(Exception):
    """This socket may not be open; `code`, of live.sockets.close_codes, says why."""

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
    told = _told(error)
    if told is None:
        return None
    code, detail, retry_after = told
    frame = {"type": "error", "code": code, "detail": detail, "temporary": retry_after is not None}
    if retry_after is not None:
        frame["retry_after"] = retry_after
    if client_id:
        frame["client_id"] = client_id
    return frame


def _told(error):
    """(code, what to tell a person, seconds after which it may do; None: never), or None."""
    match error:
        case Malformed():
            return "malformed", str(error) or "This frame is not understood.", None
        case RateLimited():
            return "rate_limited", gettext("Too many messages at once."), error.retry_after
        case ValidationError():
            return "invalid", " ".join(error.messages), None
        case PermissionDenied():
            return "forbidden", str(error) or gettext("You may not do this."), None
        case ObjectDoesNotExist():
            return "not_found", gettext("There is no such message here."), None
        case Busy() | DatabaseError() | InterfaceError():
            return "unavailable", gettext("The server cannot save this right now."), 1.0
    return None
