"""One line in the log for each thing that somebody tried and was refused, for people and programs to find.

`refused_origin`, `forbidden`, `not_found`, `rate_limited`, `bad_frame`; what strangers chose stands in quotes, escaped.
"""

import json
import logging

from django.conf import settings

log = logging.getLogger("live.security")
LONGEST = 200  # characters of anything that a stranger chose
KEYS = {"token", "key"}  # what opens something, and so is no business of the log's


def note(what, *, user_id=None, address=None, origin=None, path=""):
    log.warning(
        "%s user=%s address=%s origin=%s path=%s",
        what,
        user_id or "-",
        *map(_quoted, (address, origin, path)),
    )


def note_socket(what, scope):
    """The same for a WebSocket, by the scope of its handshake."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    user = scope.get("user")
    note(
        what,
        user_id=user.pk if user else None,
        address=address_of(scope, headers),
        origin=headers.get(b"origin"),
        path=scope["path"],
    )


def told_path(request):
    """The path of a request, or its pattern if it holds a key."""
    return f"/{request.resolver_match.route}" if has_key(request) else request.path


def has_key(request):
    """Whether it is of an address that holds one."""
    match = request.resolver_match
    return match is not None and not KEYS.isdisjoint(match.kwargs)


def address_of(scope, headers):
    """Behind TLS there is a proxy in front of us, which says last whom it speaks for."""
    passed_on = headers.get(b"x-forwarded-for") if settings.HTTPS else None
    return passed_on.rsplit(",", 1)[-1].strip() if passed_on else (scope.get("client") or [None])[0]


def _quoted(text):
    return json.dumps(text[:LONGEST]) if text else "-"
