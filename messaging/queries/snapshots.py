"""Snapshots of messages: plain values, which any thread can turn into frames without asking the database."""

from functools import partial

from django.contrib.auth import get_user_model
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.zones import iso
from live.database.question import Question
from live.database.trip import execute

from ..models import Attachment, Conversation, Mention, Message, Pin, Reaction, ShownPreview


def snapshot(message, conversation, *, mentioned=(), attachments=(), reactions=(), pin=None, previews=()):
    """A message as it is now. `mentioned` are users; `attachments`, `reactions`, `pin` and `previews` are rows."""
    gone = message.deleted_at is not None or message.is_horizon
    author, author_name, client_id = message.author, message.author_name, message.client_id
    if message.is_horizon:  # nobody's words any more
        author, author_name, client_id = None, "", None
    return {
        "id": message.pk,
        "conversation_id": message.conversation_id,
        "task_id": conversation.task_id,
        "seq": message.seq,
        "last_seq": conversation.last_seq,
        "revision": message.revision,
        "born": message.born,
        "why": message.why,
        "kind": message.kind,
        "event": message.event,
        "client_id": str(client_id) if client_id else None,
        "user_id": author.pk if author else None,
        "username": author.username if author else "",
        "display_name": author.name if author else author_name,
        "avatar": author.face if author else None,
        "is_bot": author.is_bot if author else False,
        "message": message.body,
        "html": message.html,
        "excerpt": message.excerpt(),
        "timestamp": iso(message.created_at),
        "when": message.created_at,
        "mentioned": [(user.pk, user.username) for user in mentioned],
        "reply_to": None if gone else quoted(message.reply_to, conversation),
        "attachments": [] if gone else [attached(file) for file in attachments],
        "reactions": {} if gone else by_emoji(reactions),
        "pinned": pinned(pin),
        "previews": [previewed(shown.preview) for shown in previews],
        "forwarded": None if gone else forwarded(message.forwarded_from),
        "card": None if gone else message.card_id,
        "edited_at": None if gone else iso(message.edited_at),
        "deleted_at": iso(message.deleted_at),
        "deleted_by_id": message.deleted_by_id,
        "deleted_by": message.deleted_by_name,
    }


def name_of(said):
    """By which its author awaits it."""
    return said["user_id"], said["client_id"]


def snapshots_of(messages):
    """A snapshot of each of these messages: all that belongs to them is found in one trip, however many there are."""
    ids = [message.pk for message in messages]
    linking = [message.pk for message in messages if message.has_previews]
    mentions, attachments, reactions, pins, previews = {}, {}, {}, {}, {}
    execute(
        *(_relating(messages, name, question) for name, question in RELATED.items()),
        MENTIONS.asking(partial(_group, mentions), ids=ids),
        ATTACHMENTS.asking(partial(_group, attachments), ids=ids),
        REACTIONS.asking(partial(_group, reactions), ids=ids),
        PINS.asking(partial(_group, pins), ids=ids),
        PREVIEWS.asking(partial(_group, previews), ids=linking),
    )
    return [
        snapshot(
            message,
            message.conversation,
            mentioned=[mention.user for mention in mentions.get(message.pk, ())],
            attachments=attachments.get(message.pk, ()),
            reactions=reactions.get(message.pk, ()),
            pin=next(iter(pins.get(message.pk, ())), None),
            previews=previews.get(message.pk, ()),
        )
        for message in messages
    ]


def snapshot_of(message):
    """One message read anew, for after a change."""
    return snapshots_of(ONE.ask(id=message.pk))[0]


def _relating(messages, name, question):
    """For `execute`: whatever these refer to by this name is found once, and known to each, unless it is already."""
    relation = Message._meta.get_field(name)
    referring = [one for one in messages if getattr(one, relation.attname) and not relation.is_cached(one)]

    def take(rows):
        found = {row.pk: row for row in rows}
        for message in referring:
            relation.set_cached_value(message, found.get(getattr(message, relation.attname)))

    return question.asking(take, ids=list({getattr(one, relation.attname) for one in referring}))


def _group(by_message, rows):
    for row in rows:
        by_message.setdefault(row.message_id, []).append(row)


SHOWN = "username", "display_name", "avatar", "is_bot"  # of who says something
PEOPLE = Question(lambda ids: get_user_model().objects.filter(pk__in=ids).only(*SHOWN), ids=[int])
WHERE = "task", "last_seq", "cleared_seq"  # of where it is said
CONVERSATIONS = Question(
    lambda ids: Conversation.objects.filter(pk__in=ids).order_by().only(*WHERE), ids=[int]
)
FILES = Attachment.objects.filter(message=OuterRef("pk")).values("name")
MESSAGES = Question(
    lambda ids: (
        Message.objects.filter(pk__in=ids)
        .select_related("conversation")
        .annotate(first_file=Coalesce(Subquery(FILES[:1]), Value("")))
        .order_by()
    ),
    ids=[int],
)
RELATED = {"author": PEOPLE, "conversation": CONVERSATIONS, "reply_to": MESSAGES, "forwarded_from": MESSAGES}
MENTIONS = Question(lambda ids: Mention.objects.filter(message__in=ids).select_related("user"), ids=[int])
ATTACHMENTS = Question(lambda ids: Attachment.objects.filter(message__in=ids), ids=[int])
REACTIONS = Question(lambda ids: Reaction.objects.filter(message__in=ids), ids=[int])
PINS = Question(lambda ids: Pin.objects.filter(message__in=ids).order_by(), ids=[int])
PREVIEWS = Question(
    lambda ids: ShownPreview.objects.filter(message__in=ids, removed_at=None).select_related("preview"),
    ids=[int],
)
ONE = Question(lambda id: Message.objects.filter(pk=id).select_related("conversation"), id=int)


def quoted(message, conversation):
    """The message that is answered, as a line: its words, or else its first file; neither when they are gone."""
    if message is None:
        return None
    cleared = message.seq <= conversation.cleared_seq
    excerpt = "" if cleared or message.deleted_at else message.excerpt() or message.first_file
    return {
        "message_id": message.pk,
        "seq": message.seq,
        "display_name": message.author_name,
        "excerpt": excerpt,
    }


def pinned(pin):
    if pin is None:
        return None
    return {"user_id": pin.pinned_by_id, "display_name": pin.pinned_by_name, "at": iso(pin.pinned_at)}


def forwarded(message):
    """Whose words these are, and where they were said: an address that leads only those who may read there.

    Nothing of it changes, whatever becomes of that message: so a copy never has to be told anew.
    """
    if message is None:
        return None
    return {
        "message_id": message.pk,
        "display_name": message.author_name,
        "timestamp": iso(message.created_at),
        "url": address(message),
    }


def address(message):
    """Where a message stands, with what is around it."""
    return f"{message.conversation.url}?around={message.seq}#message-{message.pk}"


def attached(file):
    return {
        "id": file.pk,
        "name": file.name,
        "size": file.size,
        "content_type": file.content_type,
        "width": file.width or None,
        "height": file.height or None,
        "url": file.url,
    }


def previewed(preview):
    picture = {"url": preview.picture_url, "width": preview.width, "height": preview.height}
    return {
        "url": preview.url,
        "title": preview.title,
        "description": preview.description,
        "site": preview.site,
        "picture": picture if preview.width else None,
    }


def by_emoji(reactions):
    """{emoji: [user ids]}, both in the order in which they came."""
    people = {}
    for reaction in reactions:
        people.setdefault(reaction.emoji, []).append(reaction.user_id)
    return people
