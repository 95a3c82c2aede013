"""The last descriptors of a process are no socket's: it needs them to ask its database and to answer pages.

Of the others nobody has more than half: one person's program could take up all of them.
"""

from math import inf

try:
    import resource
except ImportError:  # Windows keeps no such count
    resource = None

from ..failpoints import is_off

KEPT_BACK = 64  # descriptors, for connections to the database and to Redis, files, and pages


class Reserve:
    lines = 0  # sockets that are open or being opened

    def is_all_there_is(self):
        """Whether one socket more would have to come out of the reserve."""
        return self.lines >= most_sockets()

    def is_more_than_a_share(self, lines):
        """Whether one person has as many sockets open as one may."""
        return lines >= most_sockets() / 2

    def __enter__(self):
        self.lines += 1

    def __exit__(self, *failure):
        self.lines -= 1


def most_sockets():
    """How many this process may have open."""
    if resource is None or is_off("door.reserve"):
        return inf
    most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return inf if most == resource.RLIM_INFINITY else most - KEPT_BACK


reserve = Reserve()
