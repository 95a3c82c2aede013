"""A bot is a reference client of the wire: an outbox that is sent until acknowledged, and a view that misses nothing.

It follows docs/wire.md, "Coming back": comes back with since and epoch, drops what it has, holds what comes
after a gap and asks once with `resume`, loads nothing anew unless told to by `reset`.
"""

import asyncio
import contextlib
import json
import random
import time
import uuid

from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage

from .wire import PATIENCE, V2, dial

DURABLE = {"chat_message", "new_comment", "message_changed", "message_deleted", "messages_cleared"}
RESTARTS = 1012  # to everybody at once, who come back over twice the time
FINAL = {4400, 4401, 4403}  # there is no use in coming back
FIRST_TRY, LONGEST_PAUSE = 0.8, 5.0  # seconds; the pause doubles, each is drawn at random below it
EMOJI = "👍🎉🛩"
LOST = (OSError, ConnectionClosed, InvalidHandshake, InvalidMessage, TimeoutError, EOFError)


class Bot:
    """`doors` are addresses tried in turn. A bot that is not `careful` sends no client_id, one that is not
    `resuming` comes back without saying where it was, one that is not `resending` says everything only once: the
    twins that show what these are for."""

    def __init__(
        self,
        name,
        path,
        cookie,
        doors,
        diary,
        *,
        careful=True,
        resuming=True,
        resending=True,
        heartbeat=25.0,
        first_try=FIRST_TRY,
        seed=0,
    ):
        self.name, self.path, self.cookie, self.doors, self.diary = name, path, cookie, list(doors), diary
        self.resending = resending
        self.careful, self.resuming, self.heartbeat, self.first_try = careful, resuming, heartbeat, first_try
        self.comment = "task-comments" in path
        self.epoch = self.revision = self.code = None
        self.outbox = {}  # the frames not yet acknowledged, by client_id, oldest first
        self.held, self.catching_up, self.asked = {}, False, False
        self.resyncs = self.times_online = 0
        self.latest = None  # the id of the message shown last
        self._random, self.socket, self._news = random.Random(f"{name} {path} {seed}"), None, asyncio.Event()
        self._leaving, self._tries, self._heard_at, self._pong_at = False, 0, 0.0, 0.0
        self.life = asyncio.create_task(self._live())

    # -- what a person does ------------------------------------------------------------------------------------

    async def posts(self, text):
        """Write it down; it leaves when the line allows. Returns the client_id."""
        client_id = str(uuid.UUID(int=self._random.getrandbits(128), version=4))
        frame = (
            {"type": "comment", "comment": text}
            if self.comment
            else {"type": "chat_message", "message": text}
        )
        self.outbox[client_id] = {**frame, "client_id": client_id} if self.careful else frame
        self.diary.note(self.name, "said", client_id=client_id, text=text, path=self.path)
        if self._ready:
            await self._send(self.outbox[client_id])
        return client_id

    async def reacts(self):
        """To what was said last here. That need not arrive; but what is kept of it must be shown to everybody."""
        if self._ready and self.latest is not None:
            await self.does("react", message_id=self.latest, emoji=self._random.choice(EMOJI), on=True)

    async def does(self, type, **what):
        """Something that need not arrive."""
        with contextlib.suppress(*LOST):
            await self.socket.send(json.dumps({"type": type, **what}))

    async def is_online(self, within=PATIENCE):
        await self._until(lambda: self._ready, within, "is not connected")
        return self

    async def is_back(self, within=PATIENCE):
        """Online anew, since the line that is open now or was open last."""
        before = self.times_online
        await self._until(lambda: self.times_online > before and self._ready, within, "is not back")

    async def has_sent_all(self, within=PATIENCE):
        await self._until(
            lambda: not self.outbox, within, f"still holds {len(self.outbox)} unacknowledged messages"
        )

    async def is_sent_away(self, within):
        """Whether the server sent it away for good by then."""
        await asyncio.wait([self.life], timeout=within)
        return self.life.done()

    async def leaves(self):
        self._leaving = True
        self.diary.note(self.name, "left")
        self.life.cancel()
        await asyncio.gather(self.life, return_exceptions=True)
        if self.socket is not None:
            await self.socket.close()

    # -- its line ----------------------------------------------------------------------------------------------

    @property
    def _ready(self):
        return self.socket is not None and not self.catching_up

    async def _live(self):
        while not self._leaving:
            with contextlib.suppress(*LOST):
                await self._be_online()
            self.socket, self.catching_up = None, False
            self._news.set()
            if self.code in FINAL:
                self.diary.note(self.name, "sent away", code=self.code)
                return
            tries = max(self._tries, 1) if self.code == RESTARTS else self._tries
            await asyncio.sleep(self._random.random() * min(LONGEST_PAUSE, self.first_try * 2**tries))
            self._tries += 1

    async def _be_online(self):
        door = (
            self.doors[self.times_online % len(self.doors)]
            if self._tries <= 1
            else self._random.choice(self.doors)
        )
        self.code = None
        position = ""
        if self.resuming and self.revision is not None:
            position = f"?since={self.revision}&epoch={self.epoch}"
        async with dial(door, self.path + position, cookie=self.cookie, dialect=V2) as socket:
            beating, before = asyncio.create_task(self._beat(socket)), self.times_online
            try:
                await self._listen(socket, bool(position))
            finally:
                self.code = socket.close_code
                self.diary.note(self.name, "lost the line", code=self.code, opened=self.times_online > before)
                beating.cancel()

    async def _listen(self, socket, resumed):
        self.held, self.asked, self.catching_up = {}, False, True
        self.socket = socket
        async for text in socket:
            frame = json.loads(text)
            if frame["type"] == "welcome":
                self._tries = 0
                self.times_online += 1
                self.diary.note(
                    self.name, "online", revision=frame["revision"], door=str(socket.remote_address[1])
                )
                if not resumed:
                    self.epoch, self.revision = frame["epoch"], frame["revision"]
                    self.diary.note(self.name, "starts", seq=frame["last_seq"], path=self.path)
                    await self._ready_now()
            else:
                await self._hear(frame)

    async def _ready_now(self):
        self.catching_up = False
        self._news.set()
        for frame in list(self.outbox.values()) if self.resending else []:
            await self._send(frame)

    async def _beat(self, socket):
        """A ping now and then. A line is cut that says nothing in ten seconds, or gives no pong in fifteen."""
        while True:
            await asyncio.sleep(self.heartbeat * (0.5 + self._random.random() / 2))
            asked_at, patience = time.monotonic(), min(10, self.heartbeat)
            with contextlib.suppress(ConnectionClosed):
                await socket.send('{"type": "ping"}')
            await asyncio.sleep(patience)
            if self._heard_at >= asked_at:
                await asyncio.sleep(0 if self._pong_at >= asked_at else patience / 2)
            if self._heard_at < asked_at or self._pong_at < asked_at:
                socket.transport.abort()

    async def _send(self, frame):
        self.diary.note(self.name, "sent", client_id=frame.get("client_id"))
        with contextlib.suppress(*LOST):
            await self.socket.send(json.dumps(frame))

    # -- what it hears -----------------------------------------------------------------------------------------

    async def _hear(self, frame):
        self._heard_at = time.monotonic()
        match frame["type"]:
            case "ack":
                self._acknowledged(frame)
            case "error":
                await self._failed(frame)
            case "reset":
                self.epoch, self.revision, self.held = frame["epoch"], frame["revision"], {}
                self.diary.note(self.name, "reset", why=frame["why"])
                await self._ready_now()
            case "synced":
                await self._synced(frame["revision"])
            case "pong":
                self._pong_at = self._heard_at
                await self._compare(frame.get("revision"))
            case type if type in DURABLE:
                await self._place(frame)

    def _acknowledged(self, frame):
        client_id = frame.get("client_id")
        if self.outbox.pop(client_id, None):
            self.diary.note(
                self.name, "acked", client_id=client_id, seq=frame["seq"], message_id=frame["message_id"]
            )
            self._news.set()

    def _recognise(self, text):
        """All that a bot without client_id has to go by: its own words, coming back to it."""
        for client_id, said in self.outbox.items():
            if not self.catching_up and text == said.get("message", said.get("comment")):
                del self.outbox[client_id]
                return

    async def _failed(self, frame):
        self.diary.note(self.name, "error", **{key: value for key, value in frame.items() if key != "type"})
        client_id = frame.get("client_id")
        if client_id not in self.outbox:
            return
        if not frame["temporary"]:
            del self.outbox[client_id]
            self.diary.note(self.name, "refused", client_id=client_id, detail=frame["detail"])
            return
        asyncio.get_running_loop().call_later(frame.get("retry_after") or 1.0, self._try_again, client_id)

    def _try_again(self, client_id):
        if client_id in self.outbox and self._ready:
            asyncio.ensure_future(self._send(self.outbox[client_id]))

    async def _place(self, frame):
        revision = frame["revision"]
        if revision <= self.revision:
            return
        if revision == self.revision + 1 or self.catching_up:
            self._show(frame)
            self._show_held()
        else:
            self.held[revision] = frame
            await self._ask()

    async def _synced(self, revision):
        was_behind, self.asked = self.catching_up, False
        self.revision = max(self.revision, revision)
        self._show_held()
        if was_behind:
            await self._ready_now()

    async def _compare(self, revision):
        if revision is not None and revision > self.revision and not self.catching_up:
            await self._ask()

    async def _ask(self):
        if not self.asked:
            self.asked, self.catching_up = True, True
            self.resyncs += 1
            self.diary.note(self.name, "resync", since=self.revision)
            await self.socket.send(json.dumps({"type": "resume", "since": self.revision}))

    def _show_held(self):
        while self.held and min(self.held) <= self.revision + 1:
            frame = self.held.pop(min(self.held))
            if frame["revision"] > self.revision:
                self._show(frame)

    def _show(self, frame):
        self.revision, self.latest = frame["revision"], frame["message_id"]
        note_heard(self.diary, self.name, self.path, frame)
        if not self.careful:
            self._recognise(frame.get("message", frame.get("comment")))
        self._news.set()

    async def _until(self, holds, within, otherwise):
        deadline = time.monotonic() + within
        while not holds():
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), max(0, deadline - time.monotonic()))
            except TimeoutError:
                raise AssertionError(f"{self.name} {otherwise} after {within} s ({self.code})") from None


def note_heard(diary, name, path, frame):
    diary.note(
        name,
        "heard",
        path=path,
        type=frame["type"],
        revision=frame["revision"],
        seq=frame.get("seq"),
        message_id=frame.get("message_id"),
        text=frame.get("message", frame.get("comment")),
        kind=frame.get("kind"),
    )
