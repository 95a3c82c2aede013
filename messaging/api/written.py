"""What a program is told of what it wrote: all of it, or where it stands when its token does not read."""

from accounts.api import told

from .. import frames
from ..queries.snapshots import snapshot_of

SCOPE = "messages:read"


def may_read(request):
    return SCOPE in request.auth.scopes


def told_of(request, message, frame, status=200):
    """`frame` makes all of it of a snapshot."""
    return told(frame(snapshot_of(message)) if may_read(request) else frames.ack(message), status)
