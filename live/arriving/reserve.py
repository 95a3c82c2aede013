"""The last descriptors of a process are no socket's: it needs them to ask its database and to answer pages."""

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
        if resource is None or is_off("door.reserve"):
            return False
        most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        return most != resource.RLIM_INFINITY and self.lines >= most - KEPT_BACK

    def __enter__(self):
        self.lines += 1

    def __exit__(self, *failure):
        self.lines -= 1


reserve = Reserve()
