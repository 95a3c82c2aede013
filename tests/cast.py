"""The cast: Ada and Bob share the hangar, Vera may look on, Eve is never in it.

Helpers are verbs: `await ada.posts(hangar, "Hello")`, `await bob.hears("Hello")`.
"""

import uuid
from dataclasses import dataclass

from .fault.lab.wire import PATIENCE, V2, Line


@dataclass(frozen=True)
class Place:
    """A place where people talk: a room, or the comments of a task (then `id` is the task's)."""

    id: int
    conversation_id: int
    is_task: bool = False

    @property
    def path(self):
        return f"/ws/task-comments/{self.id}/" if self.is_task else f"/ws/chat-room/{self.id}/"

    @property
    def page(self):
        return f"/boards/task/{self.id}/" if self.is_task else f"/messaging/room/{self.id}/"

    @property
    def said(self):
        return "new_comment" if self.is_task else "chat_message"

    @property
    def field(self):
        return "comment" if self.is_task else "message"

    def post(self, text, **more):
        """The frame that posts this text here."""
        return {"type": "comment" if self.is_task else "chat_message", self.field: text, **more}


class Person:
    """Somebody who is signed in, with their open lines. `door` is the URL of the server that they use."""

    def __init__(self, name, user_id, cookie, door, stage):
        self.name, self.user_id, self.cookie, self.door, self.stage = name, user_id, cookie, door, stage
        self.lines = []

    async def dials(self, path, *, door=None, dialect=V2, **more):
        line = await Line.opened(door or self.door, path, cookie=self.cookie, dialect=dialect, **more)
        self.lines.append(line)
        return line

    async def enters(self, place, *, since=None, epoch=None, dialect=V2, door=None):
        """Open a line to a place, and return it once the server has answered."""
        position = "" if since is None else f"?since={since}&epoch={epoch}"
        line = await self.dials(place.path + position, dialect=dialect, door=door)
        await line.hears("welcome" if dialect == V2 else "presence_update")
        line.place = place
        return line

    async def posts(self, place, text, *, client_id=None, **more):
        """Post a text on the open line to this place, or on a new one; returns the acknowledgement."""
        line = await self.line_to(place)
        client_id = client_id or new_client_id()
        await line.says(**place.post(text, client_id=client_id, **more))
        return await line.hears("ack", client_id=client_id)

    async def hears(self, text, within=PATIENCE):
        """Wait for this text on the line that was opened last; returns its frame."""
        return await self.lines[-1].hears_such(
            lambda frame: frame["type"] in ("chat_message", "new_comment") and words(frame) == text,
            text,
            within,
        )

    def has_heard(self, text):
        return [frame for line in self.lines for frame in line.heard if words(frame) == text]

    async def line_to(self, place):
        for line in self.lines:
            if getattr(line, "place", None) == place and line.code is None and line.socket.subprotocol == V2:
                return line
        return await self.enters(place)

    async def goes(self):
        for line in self.lines:
            await line.closes()
        self.lines.clear()


def words(frame):
    return frame.get("comment", frame.get("message"))


def new_client_id():
    return str(uuid.uuid4())


def tells_of(user_id, status):
    """A condition for `Line.hears_such`: a frame says that this person is "active", "away" or "offline"."""
    return lambda frame: any(
        (member["user_id"], member["status"]) == (user_id, status) for member in frame.get("members", ())
    )
