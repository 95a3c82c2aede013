"""Importing what was said elsewhere and long ago: silently, once, and as read by everybody who is in the room."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from io import BytesIO
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from live import announce_all
from live.database.many import insert

from ...models import Attachment, Conversation, Membership, Mention, Message, Reaction
from ...queries.people import people_named
from ...text.markdown import Parsed
from ...text.wording import clean_body
from ..changing import lock_conversation, number_messages, save_numbers
from ..files.attaching import store_upload
from ..files.depicting import order_depiction
from ..notices.inboxes import next_inbox_revisions
from ..rooms.opening import archive_room, create_room


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What somebody said elsewhere; `answers` is the client_id of an earlier one."""

    client_id: UUID
    author: User | None
    author_name: str
    body: str
    said_at: datetime
    edited_at: datetime | None = None
    answers: UUID | None = None
    reactions: list = field(default_factory=list)  # [(person, emoji)]
    files: list = field(default_factory=list)  # [(name, content)]


class Known:
    """What was brought into a conversation, by client_id; it learns of more as it is asked to."""

    def __init__(self, conversation_id):
        self._conversation_id, self._seq, self._ids = conversation_id, 0, {}
        self.learn()

    def learn(self):
        """Of what was added since: each message is read once, however often."""
        newer = Message.objects.filter(conversation=self._conversation_id, seq__gt=self._seq).order_by("seq")
        for self._seq, client_id, pk in newer.values_list("seq", "client_id", "pk").iterator():
            if client_id:
                self._ids[client_id] = pk

    def get(self, client_id):
        """The id of the message, or None."""
        return self._ids.get(client_id)


@transaction.atomic
def open_room_for(board, by, channel_id, *, name, description="", is_archived=False):
    """The room of the board that stands for a channel of elsewhere: the same one whenever it is asked for."""
    room = Conversation.objects.filter(board=board, brought_from=channel_id).first()
    if room is None:
        room = create_room(by=by, board_id=board.pk, name=_free_name(board, name), description=description)
        room.brought_from = channel_id
        room.save(update_fields=["brought_from"])
        if is_archived:
            archive_room(by=by, conversation_id=room.pk)
    return room


@transaction.atomic
def bring_in(conversation_id, brought, known):
    """Add those at the end that are not there yet, in their order, and tell nobody but open pages. Returns them."""
    room = lock_conversation(conversation_id)
    known.learn()
    new = [one for one in brought if known.get(one.client_id) is None]
    if not new:
        return []
    before = room.last_seq
    messages = number_messages(room, [_fields(room, one) for one in new])
    insert(messages)
    own = {message.client_id: message.pk for message in messages}
    for one, message in zip(new, messages, strict=True):
        _hang(room, one, message, own.get(one.answers) or known.get(one.answers))
    save_numbers([room])
    _read(room, before)
    transaction.on_commit(partial(announce_all, [(room.stream, room.revision, None)]))
    return new


@transaction.atomic
def bring_files(conversation_id, message_id, found):
    """Hang files on a message in which they were links; `found` are (link, name, content). Returns how many."""
    room = lock_conversation(conversation_id)
    message = room.messages.filter(pk=message_id, deleted_at=None, seq__gt=room.cleared_seq).first()
    lines = message.body.split("\n") if message else []
    hung = [(link, name, content) for link, name, content in found if link in lines]
    if not hung:
        return 0
    for link, name, content in hung:
        lines.remove(link)
        _hang_file(room, message, name, content)
    _say(room, message, "\n".join(lines))
    transaction.on_commit(partial(announce_all, [(room.stream, room.revision, None)]))
    return len(hung)


def _say(room, message, body):
    """The same message in these words, as the room's next change."""
    parsed = Parsed(body)
    message.body, message.html = body, parsed.html(people_named(room, parsed.names))
    message.kind = Message.Kind.SAID if body else Message.Kind.FILE
    room.revision += 1
    save_numbers([room])
    message.revision, message.why = room.revision, Message.Why.EDITED
    message.save(update_fields=["body", "html", "kind", "revision", "why"])


def _fields(room, one):
    body = clean_body(one.body, may_be_empty=True)
    parsed = Parsed(body)
    people = people_named(room, parsed.names)
    return {
        "author": one.author,
        "author_name": one.author_name[:150],
        "client_id": one.client_id,
        "kind": Message.Kind.SAID if body else Message.Kind.FILE,
        "body": body,
        "html": parsed.html(people),
        "created_at": one.said_at,
        "edited_at": one.edited_at,
    }


def _hang(room, one, message, answered):
    if answered:
        Message.objects.filter(pk=message.pk).update(reply_to=answered)
    people = people_named(room, Parsed(message.body).names)
    Mention.objects.bulk_create([Mention(message=message, user=user) for user in people.values()])
    Reaction.objects.bulk_create(
        [Reaction(message=message, user=user, emoji=emoji) for user, emoji in one.reactions],
        ignore_conflicts=True,
    )
    for name, content in one.files:
        _hang_file(room, message, name, content)


def _hang_file(room, message, name, content):
    file = store_upload(room, message.author, name, BytesIO(content), len(content))
    file.message = message
    file.save()
    Attachment.objects.filter(pk=file.pk).update(created_at=message.created_at)
    order_depiction(file)


def _read(room, before):
    """To those who had read all there was, the past is not unread."""
    level = Membership.objects.filter(conversation=room, read_seq=before)
    ids = list(level.values_list("user", flat=True))
    revisions = next_inbox_revisions(ids)
    for user_id in ids:
        level.filter(user=user_id).update(read_seq=room.last_seq, inbox_revision=revisions[user_id])


def _free_name(board, name):
    """The channel's, or one that says where it is from."""
    taken = {one.lower() for one in board.conversations.filter(kind="room").values_list("name", flat=True)}
    tries = [name[:70], f"{name[:60]} (Slack)", *(f"{name[:60]} (Slack {n})" for n in range(2, 100))]
    free = next((one for one in tries if one.lower() not in taken), None)
    if free is None:
        raise ValidationError(f"The board has too many rooms called {name}.")
    return free
