"""The WebSocket consumers of conversations: a room's, and that of a task's comments."""

from functools import partial
from time import monotonic

from accounts.audit.asking import acting, asker_on
from boards.models import BoardMembership
from boards.policy import EDITORS
from live.ids import is_id
from live.rate import limit_rate
from live.sockets.close_codes import FORBIDDEN
from live.sockets.errors import Refused
from live.sockets.stream_consumer import StreamConsumer
from live.whispering.passing import VISITING

from . import frames
from .actions import mark_read, mark_unread
from .finding import COMMENTS, ROOMS
from .line.batching import batcher_of
from .line.changes import change_in
from .line.inbox import InboxConsumer
from .line.shapes import client_id_of, id_of, ids_of, text_of
from .line.streams import standing_of
from .models import stream_of
from .posts import Post

__all__ = ["ChatRoomConsumer", "InboxConsumer", "TaskCommentConsumer"]

VIEWER = BoardMembership.Role.VIEWER
TYPING_EVERY = 2.0  # seconds between two whispers that somebody types
VISITING_EVERY = 20.0  # ... that somebody is at a card; a ping, which comes every 25, is the occasion


class ConversationConsumer(StreamConsumer):
    """Follows one conversation. Its kinds differ in how they find it, and in the frame by which one posts."""

    says = field = ""
    finding = None  # the question by which addresses lead to conversations
    typed_at = float("-inf")

    @classmethod
    def admit_all(cls, lines):
        asked = [(line.user_id, *line.scope["live.address"].values()) for line in lines]
        found = {(user, id): place for user, id, *place in cls.finding.ask_each(asked)}
        return [line._find(found.get(one)) for line, one in zip(lines, asked, strict=True)]

    def _find(self, place):
        if place is None:
            return Refused(FORBIDDEN)
        self.conversation_id, self.read_seq, *standing, self.board_role = place
        self.key = stream_of(self.conversation_id)
        self.standing = standing_of(*standing)

    def facts(self, head, shared):
        return frames.welcome(self.conversation_id, head, self.scope["user"], self.read_seq, **shared)

    # -- hearing ---------------------------------------------------------------------------------------------

    def hear_at_once(self, frame):
        if frame["type"] != self.says:
            return False
        self._post(frame)
        return True

    async def hear(self, frame):
        match frame:
            case {"type": "typing"}:
                self._type()
            case {"type": "stop_typing"}:
                self.hub.whispers.typists.stops(self.key, self.user_id, self.page)
            case {"type": "message_read", "message_id": id} if is_id(id):
                await self._read(mark_read, frame)
            case {"type": "mark_unread", "message_id": id} if is_id(id) and not self.plain:
                limit_rate(self.scope["user"])
                await self._read(mark_unread, frame)
            case _ if not self.plain and (make_change := change_in(frame)):
                await self._change(make_change, frame)
            case _:
                await super().hear(frame)

    async def _read(self, mark, frame):
        client_id = None if self.plain else client_id_of(frame)
        reading = await self._act(mark, by=self.scope["user"], message_id=frame["message_id"])
        if client_id:
            self.say(frames.ack_reading(client_id, frame["message_id"], reading.read_seq))

    def _post(self, frame):
        post = Post(
            author=self.scope["user"],
            body=text_of(frame, self.field),
            client_id=client_id_of(frame),
            reply_to=id_of(frame, "reply_to"),
            attachments=ids_of(frame, "attachments"),
        )
        limit_rate(self.scope["user"])
        awaited = self._awaited(post)
        batcher_of(self.hub).post(self.conversation_id, post, partial(self._answer, frame, awaited))
        self.hub.whispers.typists.stops(self.key, self.user_id, self.page)

    def _awaited(self, post):
        """The acknowledgement goes along with the message, if that is told to this very socket: an Awaited, or None."""
        if self.plain or self.follower is None or post.client_id is None:
            return None
        name = self.user_id, str(post.client_id)
        return self.hub.await_change(self.follower, name, frames.ack_of)

    def _answer(self, frame, awaited, outcome):
        was_told = awaited is not None and awaited.ends()
        if isinstance(outcome, Exception):
            self.answer_failure(outcome, frame)
        elif not (self.plain or was_told):
            self.say(frames.ack(outcome))

    async def _change(self, make_change, frame):
        client_id = client_id_of(frame)
        limit_rate(self.scope["user"])
        message = await self._act(acting(partial(asker_on, self.scope), make_change), by=self.scope["user"])
        if client_id:
            self.say(frames.ack_change(client_id, message))

    def _act(self, action, **what):
        """One write to a conversation at a time; whoever waits for their turn holds no thread."""
        return self.hub.writing.run_in_turn(self.key, action, conversation_id=self.conversation_id, **what)

    def _type(self):
        """Tell the others, unless this person may only look on."""
        if self.board_role != VIEWER and monotonic() - self.typed_at >= TYPING_EVERY:
            self.typed_at = monotonic()
            self.hub.whispers.typists.starts(self.key, self.user_id, self.page)

    def left(self):
        super().left()
        if self.typed_at > 0:
            self.hub.whispers.typists.stops(self.key, self.user_id, self.page)


class ChatRoomConsumer(ConversationConsumer):
    """A room of a board, or a direct conversation: `ws/chat-room/<id>/`."""

    says, field, finding = "chat_message", "message", ROOMS


class TaskCommentConsumer(ConversationConsumer):
    """What is said about a task: `ws/task-comments/<id>/`."""

    says, field, finding = "comment", "comment", COMMENTS
    visited_at = float("-inf")

    def _find(self, place):
        if place is not None:
            *place, self.board_id = place
        return super()._find(place)

    def _join(self):
        super()._join()
        self._visit()

    def pong(self):
        if self.present:
            self._visit()
        return super().pong()

    def left(self):
        super().left()
        self.hub.whispers.passing[VISITING].ends(*self._visitor)

    def _visit(self):
        """Tell the board who is at the card, unless they may only look at it."""
        if self.board_role in EDITORS and monotonic() - self.visited_at >= VISITING_EVERY:
            self.visited_at = monotonic()
            self.hub.whispers.passing[VISITING].goes_on(*self._visitor)

    @property
    def _visitor(self):
        return f"board:{self.board_id}", self.scope["live.address"]["task_id"], self.user_id, self.page
