"""Daphne's front door, for when everybody comes back at once.

Twisted has 50 wait in front of it: the kernel forgets the others, who believe that they are connected and wait for an
answer, some for minutes. And it lets in ever more in one turn of the loop, so that those who are inside wait for each
turn. Under Daphne as many may wait as under uvicorn, and as few are let in at a time.
"""

import sys

from .failpoints import is_off
from .loop import AT_ONCE

MOST_WAITING = 2_048  # connections; the kernel may allow fewer


def let_many_wait():
    """Once the server that loads us listens; under any other than Daphne nothing."""
    reactor = getattr(sys.modules.get("twisted.internet"), "reactor", None)
    if reactor is not None and not is_off("daphne.backlog"):
        reactor.callWhenRunning(open_anew, reactor)


def open_anew(reactor):
    from twisted.internet.tcp import Port

    class PatientPort(Port):
        numberAccepts = property(lambda port: AT_ONCE, lambda port, more: None)  # noqa: N815 -- Twisted's name

    for reader in reactor.getReaders():
        if type(reader) is Port:
            reader.socket.listen(MOST_WAITING)
            reader.__class__ = PatientPort
