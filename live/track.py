"""A track is one stream as this process follows it: what was delivered, and to whom it is."""

from collections import defaultdict, deque
from itertools import filterfalse

from .packet import Packet, joined
from .writers.outlet import write_to

STRIDE = 500  # sockets written to before other work has its turn
LONG = 0.002  # seconds a round of writing takes, from which on those who answer it are given time to
BREATH = 1 / 8  # of such a round, or until there are as many answers as changes were told


class Awaited:
    """What a follower is told besides, once the change of a name is told."""

    __slots__ = ("_awaited", "_name", "_tell", "_was_told", "follower")

    def __init__(self, awaited, name, follower, tell):
        self._awaited, self._name, self.follower, self._tell = awaited, name, follower, tell
        self._was_told = False
        awaited.setdefault(name, self)  # of two who await the same, the first

    def told(self, change):
        """The packet that goes with the change."""
        self._was_told = True
        return Packet([self._tell(change)])

    def ends(self):
        """It is awaited no longer: whether it was told."""
        if self._awaited.get(self._name) is self:
            del self._awaited[self._name]
        return self._was_told


class Round:
    """What is written to everybody who was in a circle when it was said, a stride at a time."""

    def __init__(self, outlets, packet, revision, changes, asides):
        self._outlets, self._packet, self.revision, self.changes = outlets, packet, revision, changes
        self._asides = asides  # {outlet: packet} of those who are told more, and before the others
        self._at, self.began = 0, None

    def stride(self, now):
        """Whether another one is left."""
        if self.began is None:
            self.began = now
            for outlet, packet in self._asides.items():
                outlet.write(packet)
        stride = self._outlets[self._at : self._at + STRIDE]
        self._at += STRIDE
        write_to(stride, self._packet)
        return self._at < len(self._outlets)

    def tell_at_once(self, outlet):
        """This one, if it has not been told yet, before those whose turn it is."""
        if self.began is None and outlet in self._asides:
            outlet.write(self._asides.pop(outlet))
        elif outlet in self._outlets[self._at :]:
            del self._outlets[self._outlets.index(outlet, self._at)]
            outlet.write(self._packet)


class Circle:
    """The followers of one track who speak one dialect and are up to date: they all get the same bytes.

    A round begins when the one before is over, so nobody hears anything out of order. `silence` is called when
    everything that was said has been written to everybody, and again when a breath has been taken.
    """

    def __init__(self, loop, silence):
        self._loop, self._silence = loop, silence
        self._pending = []
        self._asides = {}  # {follower: packets that this one is told along with what all are told}
        self._rounds = deque()  # the first is under way
        self._answers_due = 0  # while a breath is taken
        self.followers = {}  # {follower: its outlet}, in the order they came
        self.said = 0  # the revision up to which frames have left

    def add(self, follower, revision):
        self.flush()  # what waits is not for somebody who just caught up to it
        self.followers[follower] = follower.outlet
        if not self._rounds:
            self.said = max(self.said, revision)

    def let_go(self, follower):
        """This one hears now what is still being written, and nothing after it."""
        self.flush()
        for one in self._rounds:
            one.tell_at_once(follower.outlet)
        self.followers.pop(follower, None)

    def say(self, packet, revision):
        if not (self._pending or self._rounds):
            self._loop.call_soon(self.flush)
        self._pending.append(packet)
        self._pending_revision = revision

    def is_speaking(self, answers):
        return bool(self._pending or self._rounds) or answers < self._answers_due

    def say_aside(self, follower, packet):
        """To one of them, with what all are told in this turn."""
        self._asides.setdefault(follower, []).append(packet)

    def flush(self):
        """Everything said in this turn of the loop, or during the round before, in one write for each socket."""
        if not self._pending:
            return
        packet, changes, self._pending = joined(self._pending), len(self._pending), []
        asides, self._asides = self._asides, {}
        told = {follower.outlet: joined([packet, *besides]) for follower, besides in asides.items()}
        outlets = list(filterfalse(told.__contains__, self.followers.values()))
        self._rounds.append(Round(outlets, packet, self._pending_revision, changes, told))
        if len(self._rounds) == 1:
            self._write()

    def _write(self):
        more = True
        try:
            more = self._rounds[0].stride(self._loop.time())
        finally:  # a socket that fails keeps nobody from hearing what comes after
            if more:
                self._loop.call_soon(self._write)
            else:
                self._is_written(self._rounds.popleft())

    def _is_written(self, one):
        self.said = max(self.said, one.revision)
        took = self._loop.time() - one.began
        if self._rounds:
            self._loop.call_soon(self._write)
        elif self._pending:
            self._loop.call_soon(self.flush)
        else:
            if took >= LONG:
                self._answers_due = one.changes
                self._loop.call_later(took * BREATH, self._fall_silent)
            self._silence()

    def _fall_silent(self):
        self._answers_due = 0
        self._silence()

    def skip_to(self, revision):
        """Count from here on, whatever is still being written."""
        self.flush()
        self.said = revision
        for one in self._rounds:
            one.revision = revision


class Track:
    """`delivered` is None until the first follower has told where the stream stands."""

    def __init__(self, key, source, id, loop, silence=lambda: None):
        self.key, self.source, self.id, self._loop = key, source, id, loop
        self.delivered = self.epoch = self.access = None
        self.held = {}  # changes that came before their turn, by revision
        self.catching_up = set()
        self.noticing = {}  # followers who act on a change besides passing it on
        self.awaited = {}  # {name: Awaited}
        self.circles = defaultdict(lambda: Circle(loop, silence))
        self.past = None  # what those who come are told, once somebody has
        self.reading = None  # a future, while what changed is being read
        self.again = False  # whether there was news since it began

    def followers(self):
        yield from self.catching_up
        for circle in self.circles.values():
            yield from circle.followers

    def dialects(self):
        used = {dialect for dialect, circle in self.circles.items() if circle.followers}
        return used | {follower.dialect for follower in self.catching_up}

    def is_speaking(self, answers=0):
        """Whether something that was said has not been written to everybody yet, or more answers are awaited."""
        return any(circle.is_speaking(answers) for circle in self.circles.values())

    def is_deserted(self):
        return next(self.followers(), None) is None

    def take_in(self, follower):
        """Nothing passes this follower by from here on; it is buffered until the past has been told."""
        self.catching_up.add(follower)
        if follower.noticed is not None:
            self.noticing[follower] = None

    def drop(self, follower):
        self.catching_up.discard(follower)
        self.noticing.pop(follower, None)
        self.circles[follower.dialect].followers.pop(follower, None)

    def turn_back(self, follower):
        """This one is told the past anew: what waits for the others is still theirs, what follows is buffered."""
        self.circles[follower.dialect].let_go(follower)
        follower.position = None
        self.catching_up.add(follower)

    # -- delivery --------------------------------------------------------------------------------------------

    def deliver(self, revision, change):
        """One revision, the next one, to everybody."""
        for dialect in self.dialects():
            frames = self.source.say(change, revision, dialect, revision - 1)
            if not frames:
                continue
            packet = Packet(frames)
            circle = self.circles[dialect]
            if circle.followers:
                circle.say(packet, revision)
            for follower in self.catching_up:
                if follower.dialect == dialect:
                    follower.buffer.append((revision, packet))
        if change.name in self.awaited and revision == change.born:
            self._tell_who_awaits(change)
        self.delivered = revision
        for follower in list(self.catching_up):
            if follower.position is not None:
                self.settle(follower)
        for follower in list(self.noticing):
            follower.noticed(self.key, change)

    def await_change(self, follower, name, tell):
        return Awaited(self.awaited, name, follower, tell)

    def _tell_who_awaits(self, change):
        """Who is not level yet is told of it otherwise."""
        awaited = self.awaited[change.name]
        circle = self.circles[awaited.follower.dialect]
        if awaited.follower in circle.followers:
            del self.awaited[change.name]
            circle.say_aside(awaited.follower, awaited.told(change))

    def deliver_held(self):
        """Those changes that were early and whose turn has come."""
        self.held = {revision: change for revision, change in self.held.items() if revision > self.delivered}
        while self.delivered + 1 in self.held:
            revision = self.delivered + 1
            self.deliver(revision, self.held.pop(revision))

    def settle(self, follower):
        """A follower has been sent everything up to its position: what came since follows, then it joins its circle."""
        for revision, packet in follower.buffer:
            if revision > follower.position:
                follower.write(packet)
                follower.position = revision
        follower.buffer.clear()
        is_here = follower in self.catching_up  # else it was cut off by what it was told
        if is_here and self.delivered >= follower.position:
            self.catching_up.discard(follower)
            self.circles[follower.dialect].add(follower, self.delivered)

    def whisper(self, packet_of, shy=None):
        """Something that is not kept, to all who are up to date, except one person if asked."""
        for dialect, circle in self.circles.items():
            packet = circle.followers and packet_of(dialect)
            if packet:
                for follower in list(circle.followers):  # whom it is too much for leaves at once
                    if follower.user_id != shy:
                        follower.write_if_idle(packet)

    def said_to(self, follower):
        """The revision this follower is known to have been sent; nought while it is told the past."""
        circle = self.circles[follower.dialect]
        return circle.said if follower in circle.followers else follower.position or 0

    def flush(self):
        for circle in self.circles.values():
            circle.flush()

    def skip_to(self, revision):
        """Count from here on."""
        self.held.clear()
        self.delivered = revision
        for circle in self.circles.values():
            circle.skip_to(revision)

    def reset(self, head):
        """The log is another one than we knew: nobody's counting holds any more."""
        self.skip_to(head.revision)
        self.epoch, self.access = head.epoch, head.access
        for follower in list(self.followers()):
            follower.socket.reset(self.key, head)
        for follower in list(self.catching_up):
            follower.buffer.clear()
            if follower.position is not None:
                follower.position = head.revision
                self.settle(follower)
