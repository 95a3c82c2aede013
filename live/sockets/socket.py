"""What all sockets share: their life, their limits, and what they say when something is wrong."""

import logging
from collections import deque

import orjson
from channels.consumer import AsyncConsumer
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.utils import translation

from ..arriving.admission import admit_one
from ..arriving.handshake import forget_handshake
from ..arriving.reserve import reserve
from ..failpoints import is_off
from ..language import accepted_by, language_for
from ..limits import Bucket, Faults
from ..process import hub
from ..writers.outlet import Outlet
from .close_codes import AGAIN, FAULT, FORBIDDEN, MALFORMED, TOO_FAST, TOO_SLOW
from .errors import Malformed, RateLimited, Refused, error_frame
from .packet import Packet
from .violations import note_socket

log = logging.getLogger("live")

SUBPROTOCOL = "prizmai.v2"
PONG = Packet([{"type": "pong"}])
NOTED = {FORBIDDEN: "forbidden", TOO_FAST: "rate_limited"}
MOST_QUEUED = 100  # frames of one socket that wait for the one before


class LiveSocket(AsyncConsumer):
    """One open line. A subclass says who may open it (`admit`), what follows (`arrive`) and what it hears (`hear`)."""

    channel_layer_alias = None  # the hub listens for all sockets of the process

    def admit(self):
        """Synchronous, with the database: raise Refused, or note what the socket is about."""

    @classmethod
    def admit_all(cls, sockets):
        """The same for several sockets: for each None, or an exception. A subclass may ask for all of them together."""
        return [admit_one(socket) for socket in sockets]

    def is_of(self, user):
        self.scope["user"], self.user_id = user, user.pk
        self.language = language_for(user, accepted_by(self.scope))

    async def arrive(self):
        """The line is open."""

    async def hear(self, frame):
        """A well-formed frame, one at a time and in order. Raise Malformed for shapes that mean nothing here."""
        raise Malformed

    def hear_at_once(self, frame):
        """Hear a frame that needs no waiting; False for any other, which is then heard by `hear`."""
        return False

    def left(self):
        """The line is closed."""

    def lost(self, key):
        """The person may not follow this stream any longer."""
        self.close(FORBIDDEN)

    def reset(self, key, head):
        """The stream's history is another one: after a restore."""
        if not self.plain:
            self.say(reset_frame("epoch", head))

    # -- life ------------------------------------------------------------------------------------------------

    async def __call__(self, scope, receive, send):
        self.scope, self._send, self.writer = scope, send, scope.pop("live.writer")
        self.plain = SUBPROTOCOL not in scope["subprotocols"]
        self.user_id, self.session_key = None, scope["live.session"]
        self.closed, self._noted = False, frozenset()
        self.hub = hub()
        await receive()  # websocket.connect
        await self.hub.hints.verdict()
        if await self._admitted():
            self._begin()
            try:
                await self._arrive()
                await self._listen(receive)
            finally:
                self._end()

    async def _admitted(self):
        try:
            await self.hub.arrivals.open(self)
            self._see_that_others_have_room()
        except Exception as error:
            await self._refuse(self._code_for(error))
            return False
        await self._accept()
        return True

    def _see_that_others_have_room(self):
        if reserve.is_more_than_a_share(self.hub.lines[self.user_id]):
            raise Refused(TOO_FAST)

    async def _refuse(self, code):
        """A browser never sees why a handshake failed, so a v2 client is let in and told."""
        if code in NOTED:
            self._note(NOTED[code])
        if self.plain:
            await self._send({"type": "websocket.close", "code": code})
        else:
            await self._accept()
            await self.writer.refuse(code)

    async def _accept(self):
        subprotocol = None if self.plain else SUBPROTOCOL
        await self._send({"type": "websocket.accept", "subprotocol": subprotocol})

    def _begin(self):
        self._frames = Bucket(settings.LIVE["frames_per_second"], 2 * settings.LIVE["frames_per_second"])
        self._faults = Faults(10, 60)
        self._queue, self._worker = (), None  # a deque while something waits
        forget_handshake(self.scope, self._send)
        self.outlet = Outlet(self._write_behind)
        self.writer.lead(self.outlet)
        self.hub.opened(self)

    async def _arrive(self):
        try:
            await self.arrive()
        except Exception as error:
            self.give_up(error)

    async def _listen(self, receive):
        while True:
            self.writer.listen(self._take)
            event = await receive()
            if event["type"] == "websocket.disconnect":
                return
            self._take(event)

    def _code_for(self, error):
        """The close code for what went wrong: a database in trouble is no fault of ours."""
        if isinstance(error, Refused):
            return error.code
        if error_frame(error):
            return AGAIN
        log.exception("A socket failed.")
        return FAULT

    def give_up(self, error):
        """It went wrong while the line was being opened, or while it was told what it must not miss."""
        self.close(self._code_for(error))

    def close(self, code):
        """Close from this side; nothing more is sent or heard."""
        if not self.closed:
            log.info("closed a socket of user %s: %s", self.user_id, code)
            self._queue = ()
            try:
                self._end()
            finally:
                self.writer.close(code)

    def _end(self):
        """What the client sent before it left is still acted upon."""
        if not self.closed:
            self.closed = True
            self.outlet.end()
            self.hub.closed(self)
            self.left()

    # -- saying ----------------------------------------------------------------------------------------------

    def write(self, packet):
        self.outlet.write(packet)

    def _write_behind(self, packet):
        """After all that waits to be sent, if anything does. Whoever fails at it comes back for what they missed."""
        try:
            if self.writer.write(packet) and self._lags():
                self.close(TOO_SLOW)
        except Exception:
            log.exception("A socket could not be written to.")
            self.close(FAULT)

    def _lags(self):
        return self.writer.unsent > settings.LIVE["unsent_limit"] and not is_off("socket.unsent")

    def write_if_idle(self, packet):
        """Typing and presence are not worth more delay to a reader who lags behind."""
        if self.writer.unsent < settings.LIVE["unsent_limit"] // 16:
            self.write(packet)

    def say(self, *frames):
        if frames:
            self.write(Packet(frames))

    def pong(self):
        return PONG

    # -- hearing ---------------------------------------------------------------------------------------------

    def _take(self, event):
        if self.closed:
            return
        if wait := self._frames.take():
            self._complain(RateLimited(wait))
            self.close(TOO_FAST)
            return
        try:
            frame = parsed(event)
        except Malformed as error:
            self._misunderstood(error)
            return
        if frame["type"] == "ping":
            self.write(self.pong())  # at once, never behind a database write
        elif len(self._queue) >= MOST_QUEUED:
            self._complain(RateLimited(1.0), frame)
        elif self._worker is not None or not self._heard_at_once(frame):
            self._queue = self._queue or deque()
            self._queue.append(frame)
            if self._worker is None:
                self._worker = self.hub.do(self._work())

    def _heard_at_once(self, frame):
        try:
            return self.hear_at_once(frame)
        except Exception as error:
            self.answer_failure(error, frame)
            return True

    async def _work(self):
        try:
            while self._queue:
                frame = self._queue.popleft()
                try:
                    if not self.hear_at_once(frame):
                        await self.hear(frame)
                except Exception as error:
                    self.answer_failure(error, frame)
        finally:
            self._worker, self._queue = None, ()

    def answer_failure(self, error, frame):
        """What a frame asked for could not be done: that is said to its sender."""
        if isinstance(error, Malformed):
            self._misunderstood(error, frame)
        elif isinstance(error, Refused):
            self.close(error.code)
        elif error_frame(error) is None:
            log.error("A frame of type %r failed.", frame["type"][:50], exc_info=error)
            self.close(FAULT)
        else:
            self._complain(error, frame)

    def _misunderstood(self, error, frame=None):
        self._note("bad_frame")
        self._complain(error, frame)
        if self._faults.add():
            self.close(MALFORMED)

    def _complain(self, error, frame=None):
        """Plain clients are not told; they would not know what to do with it."""
        if isinstance(error, RateLimited):
            self._note("rate_limited")
        elif isinstance(error, PermissionDenied | ObjectDoesNotExist):
            self._note("forbidden")
        if not self.plain:
            client_id = (frame or {}).get("client_id")
            with translation.override(self.language):
                self.say(error_frame(error, client_id if isinstance(client_id, str) else None))

    def _note(self, what):
        """Once for each socket, so that nobody floods the log."""
        if what not in self._noted:
            self._noted |= {what}
            note_socket(what, self.scope)


def reset_frame(why, head):
    return {"type": "reset", "why": why, "epoch": head.epoch, "revision": head.revision}


def _is_too_large(text):
    """Counted in bytes; a character has at most four."""
    limit = settings.LIVE["frame_limit"]
    return len(text) > limit // 4 and len(text.encode()) > limit


def parsed(event):
    """The JSON object in a text frame, with a `type`; Malformed for anything else."""
    text = event.get("text")
    if text is None:
        raise Malformed("Send text frames.")
    if _is_too_large(text):
        raise Malformed("The frame is too large.")
    try:
        frame = orjson.loads(text)
    except (ValueError, RecursionError) as error:
        raise Malformed("This is not JSON.") from error
    if not isinstance(frame, dict) or not isinstance(frame.get("type"), str):
        raise Malformed("Send an object with a type.")
    return frame
