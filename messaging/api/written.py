"""Answers to writes: the whole message, or just its acknowledgement if the token lacks the scope to read."""

from accounts.api import told

from .. import frames
from ..queries.snapshots import snapshot_of

SCOPE = "messages:read"


def may_read(request):
    return SCOPE in request.auth.scopes


def told_of(request, message, frame, status=200):
    """An answer about a message. `frame` is the function of messaging/frames.py that tells of it in full."""
    return told(frame(snapshot_of(message)) if may_read(request) else frames.ack(message), status)
