"""The hub of a process: it knows which local sockets follow which stream, and brings them every change.

It is where all parts of the line meet, and does little itself: live/tracks/delivery.py brings the changes.
"""

import logging
import sys
import time
from collections import Counter, defaultdict

from django.conf import settings

from .arriving.admission import admit
from .arriving.arrivals import Arrivals
from .arriving.introductions import Introductions
from .arriving.latecomers import bring_up
from .arriving.past import Past
from .database.pool import AWAY, Busy, Pool
from .diary import Diary
from .hints import PROCESS_ID, Hints
from .presence.roster import Roster
from .servers import draining
from .servers.garbage import ClosedLines
from .sockets.close_codes import AGAIN
from .sockets.packet import Packet
from .sockets.sessions import SessionWatch
from .streams import source_of
from .tracks.delivery import Delivery
from .tracks.poll import poll_for_ever
from .tracks.track import Track
from .whispering.whispers import Whispers

log = logging.getLogger("live")

SWITCH = 0.0001  # seconds that one thread of Python runs at most while another, such as the loop's, waits
OF_PEOPLE = {"roster", "who", "awake"}  # kinds of news about who is here


class Hub:
    def __init__(self, loop):
        self.loop = loop
        self.reading = Pool("live-read", settings.LIVE["reading_threads"], twice=True)
        self.writing = Pool("live-write", settings.LIVE["writing_threads"])
        self.arrivals = Arrivals(self, admit)
        self.tracks = {}  # {key: Track} of the streams that somebody here follows
        self.sockets = set()  # all that are open here
        self.lines = Counter()  # {user id: how many of them are theirs}
        self.delivery = Delivery(self)
        self.roster = Roster(self)
        self.introductions = Introductions(self)
        self.whispers = Whispers(self)
        self.sessions = SessionWatch(self)
        self.hints = Hints(
            loop, heard=self._heard, mode_changed=self._mode_changed, unsent=self.whispers.retelling.unsent
        )
        self._closed_lines = ClosedLines(loop)
        self.silences = []  # called whenever a stream has said all it had to say
        self._tasks = set()  # under way: the loop alone would let them be collected

    def start(self):
        sys.setswitchinterval(SWITCH)
        self.hints.start()
        draining.arrange(self)
        self.do(poll_for_ever(self))
        for part in (self.roster.tell_for_ever, self.sessions.watch_for_ever, Diary(self).write_for_ever):
            self.do(part())

    def do(self, work):
        """Run a coroutine alongside; the hub keeps it alive and logs its failure."""
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task):
        self._tasks.discard(task)
        failure = None if task.cancelled() else task.exception()
        if failure and not isinstance(failure, (Busy, *AWAY)):  # of which the pool has said so
            log.error("The live line stumbled.", exc_info=failure)

    @property
    def mode(self):
        return "live" if self.hints.live else "degraded"

    # -- news, from any thread -------------------------------------------------------------------------------

    def announce_all(self, news):
        self.loop.call_soon_threadsafe(self._announced, news, time.time())

    def announce_whispers(self, whispers):
        self.loop.call_soon_threadsafe(self.whispers.spread_all, whispers)

    def announce_session_end(self, user_id):
        self.loop.call_soon_threadsafe(self._session_ended, user_id)

    def _announced(self, news, committed_at):
        self.hints.send({"hint": [(key, revision) for key, revision, _ in news], "at": committed_at})
        for key, revision, change in news:
            self.delivery.changed(key, revision, change, committed_at)

    def _session_ended(self, user_id):
        self.hints.send({"session": user_id})
        self.sessions.look_soon()

    def _heard(self, news):
        """What any process published, this one included."""
        for key, revision in news.get("hint", ()):
            self.delivery.changed(key, revision, committed_at=news.get("at"))
        if "session" in news:
            self.sessions.look_soon()
        if news.get("from") != PROCESS_ID:
            if "whisper" in news:
                self.whispers.heard(news["key"], news["whisper"])
            if "missed" in news:
                self.whispers.retelling.doubt(news["missed"])
            if not news.keys().isdisjoint(OF_PEOPLE):
                self.roster.heard(news)

    # -- following -------------------------------------------------------------------------------------------

    def follow(self, follower):
        """From here on this follower misses nothing: what happens is buffered until `caught_up`."""
        track = self.tracks.get(follower.key)
        if track is None:
            track = self.tracks[follower.key] = Track(
                follower.key, *source_of(follower.key), self.loop, self._silence
            )
        track.take_in(follower)

    async def past_of(self, key, asker):
        """A Reading for an arriving.past.Asker, of a stream that is followed here."""
        track = self.tracks[key]
        if track.past is None:
            track.past = Past(track, self.reading)
        return await track.past.of(asker)

    def turn_back(self, follower):
        """This follower is told the past again; what happens meanwhile is buffered until `caught_up`."""
        self.tracks[follower.key].turn_back(follower)

    def caught_up(self, follower, head):
        """The past up to the head has been written to this follower's socket. A task if more must be told first."""
        track = self.tracks.get(follower.key)
        if track is None or follower not in track.catching_up:
            return
        if track.delivered is None:
            track.begin(head)
        if head.epoch != track.epoch:  # one of both was read before a restore, and they cannot be compared
            self.delivery.read(track)
            follower.socket.close(AGAIN)
            return
        if not track.reaches_back_to(head):
            return self.do(bring_up(self, track, follower, head))
        follower.position = head.revision
        track.settle(follower)
        if head.revision > track.delivered or head.access != track.access:
            self.delivery.read(track)

    def leave(self, follower):
        track = self.tracks.get(follower.key)
        if track is not None:
            track.drop(follower)
            if track.is_deserted():
                del self.tracks[follower.key]
                track.past = None  # which knows the track: neither is to outlive it
                self.delivery.delays.forget(follower.key)

    def revision_said_to(self, follower):
        track = self.tracks.get(follower.key)
        return track.said_to(follower) if track else 0

    def await_change(self, follower, name, tell):
        """An Awaited: when the change of this name is told, this follower gets the frame that `tell` makes of it, too.

        None when the stream is not followed here.
        """
        track = self.tracks.get(follower.key)
        return track and track.await_change(follower, name, tell)

    def is_speaking(self, key, answers):
        """Whether followers here are still being told something, or are given a moment to answer it.

        `answers` are how many posts wait: the moment ends when there are as many as changes were told.
        """
        track = self.tracks.get(key)
        return track is not None and track.is_speaking(answers)

    def _silence(self):
        for listener in self.silences:
            listener()

    def followed_ids(self):
        """{kind: [id]} of what the poll must look after."""
        followed = defaultdict(list)
        for track in self.tracks.values():
            if track.delivered is not None:
                followed[track.source.kind].append(track.id)
        return followed

    # -- sockets ---------------------------------------------------------------------------------------------

    def opened(self, socket):
        self.sockets.add(socket)
        self.lines[socket.user_id] += 1

    def closed(self, socket):
        self.sockets.discard(socket)
        self.lines[socket.user_id] -= 1
        if not self.lines[socket.user_id]:
            del self.lines[socket.user_id]
        self._closed_lines.one_more()

    def _mode_changed(self, live):
        packet = Packet([{"type": "mode", "mode": self.mode}])
        for socket in list(self.sockets):
            if not socket.plain:
                socket.write(packet)
        self.whispers.retelling.line_is(live)
        if live:
            self.roster.line_is_back()

    def close_all(self, code):
        for socket in list(self.sockets):
            socket.close(code)
