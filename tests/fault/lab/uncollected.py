"""Settings of a process whose garbage stays: it tells before and after each line that closes how many connections it
holds.
"""

import gc
import logging

from kanban_board.settings import *  # noqa: F403
from kanban_board.settings import LIVE

LIVE["sessions"] = (
    "tests.fault.lab.uncollected.still_valid"  # what is asked soon after the first line is open
)
KINDS = {
    "daphne.ws_protocol.WebSocketProtocol",
    "daphne.http_protocol.WebRequest",
    "live.protocol.Protocol",
}
SOON = 1.5  # seconds, in which a server has taken leave of a connection: Daphne looks for them every second

gc.disable()


def still_valid(session_keys):
    from accounts.sessions import validity as sessions
    from live.hub import Hub

    if Hub.closed is not _closed:
        Hub.closed = _closed
        _tell()
    return sessions.still_valid(session_keys)


def _closed(hub, socket):
    hub.sockets.discard(socket)
    hub.loop.call_later(SOON, _tell)


def _tell():
    kinds = [type(one) for one in gc.get_objects()]
    count = sum(f"{kind.__module__}.{kind.__qualname__}" in KINDS for kind in kinds)
    logging.getLogger("live").warning("connections in memory: %s", count)
