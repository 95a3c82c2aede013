"""A track is one stream as this process follows it: what was delivered, and to whom it is."""

from collections import defaultdict

from ..sockets.packet import Packet
from .audience import Audience


class Awaited:
    """A frame that one follower gets along with the change of a certain name, when that is told."""

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
        """Await it no longer. Returns whether it was told."""
        if self._awaited.get(self._name) is self:
            del self._awaited[self._name]
        return self._was_told


class Track:
    """`delivered` is None until the first follower has told where the stream stands."""

    def __init__(self, key, source, id, loop, silence=lambda: None):
        self.key, self.source, self.id, self._loop = key, source, id, loop
        self.delivered = self.epoch = self.access = None
        self.known_from = 0  # the revision after which nothing is missing in anybody's buffer
        self.held = {}  # changes that came before their turn, by revision
        self.catching_up = set()
        self.noticing = {}  # followers who act on a change besides passing it on
        self.awaited = {}  # {name: Awaited}
        self.audiences = defaultdict(lambda: Audience(loop, silence))
        self.past = None  # what those who come are told, once somebody has
        self.reading = None  # a future, while what changed is being read
        self.again = False  # whether there was news since it began

    def followers(self):
        yield from self.catching_up
        for audience in self.audiences.values():
            yield from audience.followers

    def dialects(self):
        used = {dialect for dialect, audience in self.audiences.items() if audience.followers}
        return used | {follower.dialect for follower in self.catching_up}

    def is_speaking(self, answers):
        """Whether something that was said has not been written to everybody yet, or more answers are awaited."""
        return any(audience.is_speaking(answers) for audience in self.audiences.values())

    def is_deserted(self):
        return next(self.followers(), None) is None

    def take_in(self, follower):
        """From here on this follower misses nothing: what happens is buffered until the past has been told."""
        self.catching_up.add(follower)
        if follower.noticed is not None:
            self.noticing[follower] = None

    def drop(self, follower):
        self.catching_up.discard(follower)
        self.noticing.pop(follower, None)
        self.audiences[follower.dialect].followers.pop(follower, None)

    def turn_back(self, follower):
        """This follower is told the past again. It still gets what waits for all; what comes after is buffered."""
        self.audiences[follower.dialect].let_go(follower)
        follower.position = None
        self.catching_up.add(follower)

    def begin(self, head):
        """The first follower has told where the stream stands: the others' buffers begin there, too."""
        self.delivered = self.known_from = head.revision
        self.epoch, self.access = head.epoch, head.access

    def reaches_back_to(self, head):
        """Whether the buffer of a follower that was told of this moment holds all that came after, for it to hear."""
        return head.revision >= self.known_from and head.access >= self.access

    # -- delivery --------------------------------------------------------------------------------------------

    def deliver(self, revision, change):
        """One revision, the next one, to everybody."""
        for dialect in self.dialects():
            frames = self.source.say(change, revision, dialect, revision - 1)
            if not frames:
                continue
            packet = Packet(frames)
            audience = self.audiences[dialect]
            if audience.followers:
                audience.say(packet, revision)
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
            follower.noticed(self.key, change, revision)

    def await_change(self, follower, name, tell):
        return Awaited(self.awaited, name, follower, tell)

    def _tell_who_awaits(self, change):
        """Unless that follower is still catching up: then it has to hear of it otherwise."""
        awaited = self.awaited[change.name]
        audience = self.audiences[awaited.follower.dialect]
        if awaited.follower in audience.followers:
            del self.awaited[change.name]
            audience.say_aside(awaited.follower, awaited.told(change))

    def deliver_held(self):
        """Deliver the changes that came early and whose turn it is now."""
        self.held = {revision: change for revision, change in self.held.items() if revision > self.delivered}
        while self.delivered + 1 in self.held:
            revision = self.delivered + 1
            self.deliver(revision, self.held.pop(revision))

    def settle(self, follower):
        """A follower was sent everything up to its position: what came since follows, then it joins an audience."""
        for revision, packet in follower.buffer:
            if revision is None or revision > follower.position:
                follower.write(packet)
        follower.buffer.clear()
        is_here = follower in self.catching_up  # else it was cut off by what it was told
        if is_here and self.delivered >= follower.position:
            self.catching_up.discard(follower)
            self.audiences[follower.dialect].add(follower, self.delivered)

    def whisper(self, packet_of, shy=None):
        """Something that is not stored, to all who are up to date except the `shy` person.

        `packet_of` gives the Packet for a dialect, or None.
        """
        for dialect, audience in self.audiences.items():
            packet = audience.followers and packet_of(dialect)
            if packet:
                for follower in list(audience.followers):  # whom it is too much for leaves at once
                    if follower.user_id != shy:
                        follower.write_if_idle(packet)

    def pass_on(self, packet_of):
        """Something that is stored but has no revision, to all. Who is catching up gets it after what they missed."""
        for follower in list(self.followers()):
            if packet := packet_of(follower.dialect):
                if follower in self.catching_up:
                    follower.buffer.append((None, packet))
                else:
                    follower.write(packet)

    def said_to(self, follower):
        """The revision this follower is known to have been sent; nought while it is told the past."""
        audience = self.audiences[follower.dialect]
        return audience.said if follower in audience.followers else follower.position or 0

    def flush(self):
        for audience in self.audiences.values():
            audience.flush()

    def skip_to(self, revision):
        """Count from here on."""
        self.held.clear()
        self.delivered = self.known_from = revision
        for audience in self.audiences.values():
            audience.skip_to(revision)

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
