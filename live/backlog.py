"""Daphne has 50 wait in front of its door. When everybody comes back at once the kernel forgets the others, who believe
that they are connected and wait for an answer, some for minutes: so it is told to let more wait, as uvicorn does.
"""

import sys

from .failpoints import is_off

MOST_WAITING = 2_048  # connections; the kernel may allow fewer


def let_many_wait():
    """Once the server that loads us listens; under any other than Daphne nothing."""
    reactor = getattr(sys.modules.get("twisted.internet"), "reactor", None)
    if reactor is not None and not is_off("daphne.backlog"):
        reactor.callWhenRunning(_listen_anew, reactor)


def _listen_anew(reactor):
    from twisted.internet.tcp import Port

    for reader in reactor.getReaders():
        if isinstance(reader, Port):
            reader.socket.listen(MOST_WAITING)
