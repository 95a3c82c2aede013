"""A server that stops says so: its sockets close with 1012, and their clients come back elsewhere.

Uvicorn does this by itself. Daphne would just drop them, so it is done before its reactor shuts down.
"""

import sys

RESTART = 1012


def arrange(hub):
    reactor = getattr(sys.modules.get("twisted.internet"), "reactor", None)
    if reactor is not None and reactor.running:
        reactor.addSystemEventTrigger("before", "shutdown", hub.close_all, RESTART)
