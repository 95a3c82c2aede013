"""Who comes, and may they: asked about all sockets of a batch together, in one trip to one thread."""

from collections import defaultdict

from django.conf import settings
from django.utils.module_loading import import_string

from ..database.pool import AWAY
from ..sockets.close_codes import SIGNED_OUT
from ..sockets.errors import Refused


def admit(sockets):
    """For each socket None, or the exception that speaks against it. Synchronous, with the database."""
    answers = {socket: Refused(SIGNED_OUT) for socket in sockets}
    people = import_string(settings.LIVE["people"])([socket.session_key for socket in sockets])
    by_kind = defaultdict(list)
    for socket in sockets:
        if user := people.get(socket.session_key):
            socket.is_of(user)
            by_kind[type(socket)].append(socket)
    for kind, some in by_kind.items():
        answers |= zip(some, kind.admit_all(some), strict=True)
    return [answers[socket] for socket in sockets]


def admit_one(socket):
    """A database in trouble is left to the pool, which tries again when it was only a broken connection."""
    try:
        return socket.admit()
    except AWAY:
        raise
    except Exception as error:
        return error
