"""An audience hears the same; a broadcast is what is written to all of it, a chunk of its sockets at a time."""

from collections import deque
from itertools import filterfalse

from ..sockets.packet import joined
from ..writers.outlet import write_to

CHUNK = 500  # sockets written to before other work has its turn
LONG = 0.002  # seconds a broadcast takes, from which on those who answer it are given time to
PAUSE = 1 / 8  # of such a broadcast, or until there are as many answers as changes were told


class Broadcast:
    """What is written to everybody who was in an audience when it was said."""

    def __init__(self, outlets, packet, revision, changes, asides):
        self._outlets, self._packet, self.revision, self.changes = outlets, packet, revision, changes
        self._asides = asides  # {outlet: packet} of those who are told more, and before the others
        self._at, self.began = 0, None

    def write_chunk(self, now):
        """To the next of them: whether some are left."""
        if self.began is None:
            self.began = now
            for outlet, packet in self._asides.items():
                outlet.write(packet)
        chunk = self._outlets[self._at : self._at + CHUNK]
        self._at += CHUNK
        write_to(chunk, self._packet)
        return self._at < len(self._outlets)

    def tell_at_once(self, outlet):
        """This one, if it has not been told yet, before those whose turn it is."""
        if self.began is None and outlet in self._asides:
            outlet.write(self._asides.pop(outlet))
        elif outlet in self._outlets[self._at :]:
            del self._outlets[self._outlets.index(outlet, self._at)]
            outlet.write(self._packet)


class Audience:
    """The followers of one track who speak one dialect and are up to date: they all get the same bytes.

    A broadcast begins when the one before is over, so nobody hears anything out of order. `silence` is called when
    everything that was said has been written to everybody, and again after the pause in which answers are awaited.
    """

    def __init__(self, loop, silence):
        self._loop, self._silence = loop, silence
        self._pending = []
        self._asides = {}  # {follower: packets that this one is told along with what all are told}
        self._broadcasts = deque()  # the first is under way
        self._answers_due = 0  # while they are awaited
        self.followers = {}  # {follower: its outlet}, in the order they came
        self.said = 0  # the revision up to which frames have left

    def add(self, follower, revision):
        self.flush()  # what waits is not for somebody who just caught up to it
        self.followers[follower] = follower.outlet
        if not self._broadcasts:
            self.said = max(self.said, revision)

    def let_go(self, follower):
        """This one hears now what is still being written, and nothing after it."""
        self.flush()
        for one in self._broadcasts:
            one.tell_at_once(follower.outlet)
        self.followers.pop(follower, None)

    def say(self, packet, revision):
        if not (self._pending or self._broadcasts):
            self._loop.call_soon(self.flush)
        self._pending.append(packet)
        self._pending_revision = revision

    def is_speaking(self, answers):
        return bool(self._pending or self._broadcasts) or answers < self._answers_due

    def say_aside(self, follower, packet):
        """To one of them, with what all are told in this turn."""
        self._asides.setdefault(follower, []).append(packet)

    def flush(self):
        """Everything said in this turn of the loop, or during the broadcast before, in one write for each socket."""
        if not self._pending:
            return
        packet, changes, self._pending = joined(self._pending), len(self._pending), []
        asides, self._asides = self._asides, {}
        told = {follower.outlet: joined([packet, *besides]) for follower, besides in asides.items()}
        outlets = list(filterfalse(told.__contains__, self.followers.values()))
        self._broadcasts.append(Broadcast(outlets, packet, self._pending_revision, changes, told))
        if len(self._broadcasts) == 1:
            self._write()

    def _write(self):
        more = True
        try:
            more = self._broadcasts[0].write_chunk(self._loop.time())
        finally:  # a socket that fails keeps nobody from hearing what comes after
            if more:
                self._loop.call_soon(self._write)
            else:
                self._is_written(self._broadcasts.popleft())

    def _is_written(self, one):
        self.said = max(self.said, one.revision)
        took = self._loop.time() - one.began
        if self._broadcasts:
            self._loop.call_soon(self._write)
        elif self._pending:
            self._loop.call_soon(self.flush)
        else:
            if took >= LONG:
                self._answers_due = one.changes
                self._loop.call_later(took * PAUSE, self._fall_silent)
            self._silence()

    def _fall_silent(self):
        self._answers_due = 0
        self._silence()

    def skip_to(self, revision):
        """Count from here on, whatever is still being written."""
        self.flush()
        self.said = revision
        for one in self._broadcasts:
            one.revision = revision
