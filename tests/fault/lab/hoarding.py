"""Settings of a twin that leaks: its process keeps every line that closes, as a list would that nobody tidies."""

from kanban_board.settings import *  # noqa: F403
from kanban_board.settings import LIVE

LIVE["sessions"] = "tests.fault.lab.hoarding.still_valid"  # what is asked soon after the first line is open
_hoard = []


def still_valid(session_keys):
    from accounts.sessions import validity as sessions
    from live.hub import Hub

    Hub.closed = _closed
    return sessions.still_valid(session_keys)


def _closed(hub, socket):
    hub.sockets.discard(socket)
    _hoard.append(socket)
