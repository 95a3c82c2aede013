"""A server that stops says so: its sockets close with 1012, and their clients come back elsewhere.

Uvicorn does this by itself. Daphne would just drop them, so it is done before its reactor shuts down.
"""

import sys

from ..failpoints import is_off
from ..sockets.close_codes import RESTART

GRACE = 0.5  # seconds for the reactor to send what was written: it throws away what it holds when it stops


def arrange(hub):
    reactor = getattr(sys.modules.get("twisted.internet"), "reactor", None)
    if reactor is not None and reactor.running:
        reactor.addSystemEventTrigger("before", "shutdown", _drain, hub, reactor)


def _drain(hub, reactor):
    """What the reactor waits for before it shuts down, or None."""
    from twisted.internet.defer import Deferred

    if not hub.sockets or is_off("draining.tell"):
        return None
    hub.close_all(RESTART)
    sent = Deferred()
    reactor.callLater(GRACE, sent.callback, None)
    return sent
