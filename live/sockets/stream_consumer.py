"""The consumer of one stream: brings its client up to date, then tells what changes (docs/wire.md, "Coming back")."""

import re
from asyncio import sleep
from urllib.parse import parse_qs

from django.conf import settings

from ..arriving.past import Asker
from ..hints import PROCESS_ID
from ..limits import Buckets
from ..streams import source_of
from ..tracks.follower import Follower
from .close_codes import FORBIDDEN, MALFORMED
from .errors import Malformed, Refused
from .packet import Packet, joined
from .socket import LiveSocket, reset_frame

MOST_AT_ONCE = 3 / 4  # of what may wait for one reader, who is told of what is said meanwhile, too
RESUMES_PER_SECOND, RESUMES_AT_ONCE = 2, 30  # of one person; each may read and tell as much as a page holds
RESUMES = Buckets(lambda: (RESUMES_PER_SECOND, RESUMES_AT_ONCE))


class StreamConsumer(LiveSocket):
    """`admit` must set `self.key`, and `self.standing`: the head at which it let the person in.

    A subclass may add to the welcome and hear more verbs.
    """

    full_dialect = "v2"
    follower = None
    present = False

    def facts(self, head, shared):
        """What else the welcome says of this moment; `shared` is what the source tells everybody."""
        return shared

    @property
    def page(self):
        """A name by which the others tell this line from the same person's other ones."""
        return f"{PROCESS_ID}-{id(self)}"

    # -- arriving --------------------------------------------------------------------------------------------

    async def arrive(self):
        since, epoch = position_of(self.scope)
        self.source, _ = source_of(self.key)
        self.follower = follower = Follower(self.key, "plain" if self.plain else self.full_dialect, self)
        self.hub.follow(follower)
        asker = Asker(self.user_id, since, epoch, self.standing)
        reading = await self._past(asker)
        if self.closed:
            return
        if not self.plain:
            welcome = self._welcome(reading.head, self.facts(reading.head, reading.facts))
            self.write(joined([Packet([welcome]), *self._told(reading, asker)]))
        await self._caught_up(reading.head)
        if not self.closed:
            self._join()

    async def _past(self, asker):
        """A Reading, for whoever may know: what changed since, and what all are told of this moment."""
        if self.closed:
            raise Refused(FORBIDDEN)  # and nothing is left to be told of it
        reading = await self.hub.past_of(self.key, asker)
        if not reading.admits(asker):
            raise Refused(FORBIDDEN)
        return reading

    async def _caught_up(self, head):
        """Unless it was cut off by what it was told."""
        if not self.closed and (telling := self.hub.caught_up(self.follower, head)):
            await telling

    def _reset(self, head, changes, since, epoch):
        if epoch != head.epoch:
            why = "epoch"
        elif since > head.revision:
            why = "ahead"
        elif len(changes) > settings.LIVE["catch_up_limit"]:
            why = "too_far"
        else:
            return None
        return reset_frame(why, head)

    def _welcome(self, head, facts):
        limits = {"message": settings.LIVE["message_limit"], "frame": settings.LIVE["frame_limit"]}
        return {
            "type": "welcome",
            "protocol": 2,
            "epoch": head.epoch,
            "revision": head.revision,
            "heartbeat": settings.LIVE["heartbeat"],
            "limits": limits,
            "mode": self.hub.mode,
            **facts,
        }

    def _told(self, reading, asker):
        """As packets. What those are told who come back from the same place is encoded once."""
        if asker.since is None:
            return []
        which = asker.since, asker.epoch, self.full_dialect
        if which not in reading.told:
            reading.told[which] = self._bringing_up_to_date(reading, asker)
        return [reading.told[which]]

    def _bringing_up_to_date(self, reading, asker):
        head, changes = reading.head, reading.changes_for(asker)
        if reset := self._reset(head, changes, asker.since, asker.epoch or head.epoch):
            return Packet([reset])
        packet = Packet([*self._said(changes, asker.since), {"type": "synced", "revision": head.revision}])
        if len(packet.wire) > MOST_AT_ONCE * settings.LIVE["unsent_limit"]:  # who is told it would be cut off
            return Packet([reset_frame("too_far", head)])
        return packet

    def _said(self, changes, since):
        for change in changes:
            yield from self.source.say(change, change.revision, self.full_dialect, since)

    def _join(self):
        self.present = True
        self.hub.roster.arrive(self.key, self.user_id)
        self.hub.introductions.introduce(self.follower)

    # -- while it lasts --------------------------------------------------------------------------------------

    async def hear(self, frame):
        match frame:
            case {"type": "resume", "since": since} if type(since) is int and since >= 0 and not self.plain:
                await self._resume(since)
            case _:
                raise Malformed

    async def _resume(self, since):
        """A resume authorises in full. Nothing newer overtakes its answer; without one the line has to begin anew."""
        await self._wait_for_turn()
        if self.closed:
            return
        asker = Asker(self.user_id, since)
        self.hub.turn_back(self.follower)
        try:
            reading = await self._past(asker)
        except Exception as error:
            self.give_up(error)
        if not self.closed:
            self.write(joined(self._told(reading, asker)))
            await self._caught_up(reading.head)

    async def _wait_for_turn(self):
        """Whoever asks again and again, on whatever lines, waits: they are told no less."""
        while not self.closed and (wait := RESUMES.of(self.user_id).take()):
            await sleep(wait)

    def pong(self):
        if self.plain or self.follower is None:
            return super().pong()
        return Packet([{"type": "pong", "revision": self.hub.revision_said_to(self.follower)}])

    def left(self):
        if self.follower is not None:
            self.hub.leave(self.follower)
            self.follower = None  # it holds this line: neither is to outlive it
        if self.present:
            self.hub.roster.depart(self.key, self.user_id)


def position_of(scope):
    """(since, epoch) from the query string, or (None, None). Refused for half of it, or for what is no number."""
    query = parse_qs(scope["query_string"].decode("ascii", "replace"))
    since, epoch = query.get("since", [None])[-1], query.get("epoch", [None])[-1]
    if since is None and epoch is None:
        return None, None
    if since is None or epoch is None or not re.fullmatch("[0-9]{1,18}", since):
        raise Refused(MALFORMED)
    return int(since), epoch
