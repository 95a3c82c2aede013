"""Schemas of what the API tells of conversations, with the names of the frames."""

from typing import Any

from ninja import Schema
from pydantic import Field

from accounts.api import Person


class Standing(Schema):
    """A conversation in numbers: what a token is told that does not read."""

    conversation_id: int
    revision: int = Field(
        description="Of the latest change of anything in it: ask for `changes` since this one."
    )
    last_seq: int = Field(description="The place of the latest message.")
    read_seq: int = Field(description="The place up to which I have read.")


class Place(Standing):
    kind: str = Field(description="room, task or direct.")
    name: str
    url: str
    board_id: int | None
    task_id: int | None
    private: bool


class MyPlace(Place):
    user_id: int | None = Field(description="The other one, where there is one other.")
    avatar: str | None
    unread: int
    mentions: int
    level: str = Field(description="What I am told of: all, mentions or nothing.")
    favourite: str


class Places(Schema):
    conversations: list[MyPlace]


class UnreadPlace(MyPlace):
    first_message_id: int = Field(description="The first unread message; these words are its beginning.")
    display_name: str
    excerpt: str
    timestamp: str
    last_message_id: int = Field(description="Mark as read up to this one, and nothing is unread.")


class Notice(Schema):
    notification_id: int
    kind: str = Field(
        description="mention, everybody, reply, assignment, due, overdue, invitation, reminder, webhook or export."
    )
    sentence: str
    conversation_id: int | None
    message_id: int | None
    task_id: int | None
    invitation_id: int | None
    excerpt: str
    url: str
    user_id: int | None
    display_name: str
    timestamp: str


class Waiting(Schema):
    conversations: list[UnreadPlace]
    more: int = Field(description="How many places with something unread are left out.")
    notices: list[Notice] = Field(
        description="The latest 30; of direct conversations there are none: those are among the conversations."
    )


class Conversation(Place):
    epoch: str
    may: list[str] = Field(description="Of read, post, moderate and manage, what I may do here.")


Opened = Conversation | Standing


class Member(Person):
    role: str


class Members(Schema):
    members: list[Member]


class Quote(Schema):
    message_id: int
    seq: int
    display_name: str
    excerpt: str


class File(Schema):
    id: int
    name: str
    size: int
    content_type: str
    width: int | None
    height: int | None
    url: str = Field(description="For browsers; a program asks for `files/<key>` with the key that ends it.")


class Picture(Schema):
    url: str
    width: int
    height: int


class Preview(Schema):
    url: str
    title: str
    description: str
    site: str
    picture: Picture | None


class Message(Schema):
    """As the line tells it: `chat_message`, or `new_comment` where a card is talked about."""

    type: str
    id: int
    message_id: int
    client_id: str | None
    seq: int = Field(description="Its place in the conversation; places have no gaps.")
    revision: int
    user_id: int | None
    username: str
    display_name: str
    avatar: str | None
    is_bot: bool = Field(description="Whether a program said it.")
    message: str = Field(description="As it was written.")
    html: str | None = Field(description="Rendered and sanitised; null when it is plain text.")
    timestamp: str
    mentioned_users: list[str]
    reply_to: Quote | None
    attachments: list[File]
    reactions: dict[str, list[int]] = Field(description="Emoji, and who put it there.")
    pinned: dict[str, Any] | None
    previews: list[Preview] = Field(
        description="Of the pages that it links to; they come later, as a change."
    )
    forwarded: dict[str, Any] | None
    card: int | None = Field(description="The id of the card that was made of it.")
    edited_at: str | None
    deleted_at: str | None
    kind: str = Field(description="said, file or system.")
    event: dict[str, Any] | None
    comment_id: int | None = None
    comment: str | None = None


class Ack(Schema):
    """Where a message stands: what a token is told of its own writing that does not read."""

    type: str
    client_id: str | None
    message_id: int
    seq: int
    revision: int
    timestamp: str


Written = Message | Ack


class Page(Schema):
    messages: list[Message]
    first_seq: int
    last_seq: int
    more_before: bool
    more_after: bool
    revision: int = Field(description="Read before the messages: ask for `changes` since this one.")
    epoch: str


class Changes(Schema):
    changes: list[dict[str, Any]] = Field(
        description="Frames of docs/wire.md: chat_message, new_comment, message_changed, message_deleted, "
        "messages_cleared."
    )
    revision: int = Field(description="Everything up to here is told: the next `since`.")
    epoch: str
    more: bool = Field(description="Whether to ask again at once.")


class Deleted(Schema):
    type: str
    message_id: int
    deleted_by: str
    deleted_by_id: int | None
    revision: int


Taken = Deleted | Ack


class Read(Schema):
    read_seq: int


class Hit(Schema):
    kind: str = Field(description="message, file or task.")
    id: int
    conversation_id: int | None
    seq: int | None = Field(description="Where it was said: messages `around` it tell what about.")
    task_id: int | None
    title: str = Field(description="Of a card, or the name of a file.")
    excerpt: str
    place: str
    url: str
    user_id: int | None
    display_name: str
    timestamp: str


class Hits(Schema):
    hits: list[Hit]
    below: int | None = Field(description="Ask again with this one for more.")
    is_cut: bool = Field(description="Whether too much was looked through to go on.")
