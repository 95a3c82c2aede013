"""Daphne's listening socket, for when everybody comes back at once.

Twisted listens with a backlog of 50: the kernel drops further connections, whose clients believe that they are
connected and wait for an answer, some for minutes. It also accepts any number of connections in one turn of the loop,
while those who are connected already wait. So under Daphne the backlog is made as long as under uvicorn, as few are
accepted at a time, and a request must arrive completely within its time.
"""

import sys

from ..failpoints import is_off
from ..loop import AT_ONCE

MOST_WAITING = 2_048  # connections; the kernel may allow fewer


def let_many_wait():
    """Once Daphne listens; under any other server this does nothing."""
    reactor = getattr(sys.modules.get("twisted.internet"), "reactor", None)
    if reactor is not None and not is_off("daphne.backlog"):
        reactor.callWhenRunning(open_anew, reactor)


def open_anew(reactor):
    from twisted.internet.tcp import Port

    from .request_timeouts.daphne import limit_requests_of

    class PatientPort(Port):
        numberAccepts = property(lambda port: AT_ONCE, lambda port, more: None)  # noqa: N815 -- Twisted's name

    for reader in reactor.getReaders():
        if type(reader) is Port:
            reader.socket.listen(MOST_WAITING)
            reader.__class__ = PatientPort
            limit_requests_of(reader.factory)
