"""Saying something, and changing one's words."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from live.failpoints import pass_by

from .. import policy, said
from ..markdown import Parsed
from ..models import Attachment, Membership, Message
from ..wording import clean_body
from .changing import add_message, change_message, lock_conversation, lock_message, tell
from .commenting import count_comments
from .mentioning import mention, people_named

MOST_ATTACHMENTS = 10


def post_message(*, conversation_id, author, body, client_id=None, reply_to=None, attachments=()):
    """The new message. `reply_to` is the id of a message here, `attachments` are ids of the author's own uploads.

    Posting the same `client_id` again finds the message that it made: a retry is always safe.
    """
    body = clean_body(body, may_be_empty=bool(attachments))
    try:
        message = _post(conversation_id, author, body, Parsed(body), client_id, reply_to, list(attachments))
    except IntegrityError:
        return _of_a_race(conversation_id, author, client_id)
    pass_by("posting.after_commit")
    return message


@transaction.atomic
def _post(conversation_id, author, body, parsed, client_id, reply_to, attachments):
    conversation = lock_conversation(conversation_id, author, policy.POST)
    if client_id and (message := _made_before(conversation, author, client_id)):
        return message
    people = people_named(conversation, parsed.names)
    message = add_message(
        conversation,
        author=author,
        author_name=author.name,
        client_id=client_id,
        kind=Message.Kind.SAID if body else Message.Kind.FILE,
        body=body,
        html=parsed.html(people),
        reply_to=_answered(conversation, reply_to),
    )
    mentioned = mention(message, people.values())
    files = _attach(message, attachments)
    _read_along(message)
    count_comments(conversation)
    tell(conversation, said.snapshot(message, conversation, mentioned=mentioned, attachments=files))
    return message


@transaction.atomic
def edit_message(*, conversation_id, message_id, by, body):
    """Other words for the same message. A mention that is added notifies; nobody is notified twice."""
    body = clean_body(body)
    parsed = Parsed(body)
    conversation, message = lock_message(conversation_id, message_id, by)
    if not policy.may_edit_message(by, message):
        raise PermissionDenied("You may change your own messages only.")
    if body == message.body:
        return message
    people = people_named(conversation, parsed.names)
    message.body, message.html = body, parsed.html(people)
    message.kind, message.edited_at = Message.Kind.SAID, timezone.now()
    mention(message, people.values())
    return change_message(conversation, message, Message.Why.EDITED, ["body", "html", "kind", "edited_at"])


def _made_before(conversation, author, client_id):
    message = Message.objects.filter(author=author, client_id=client_id).first()
    if message and message.conversation_id != conversation.pk:
        raise ValidationError("This client_id was used in another conversation.")
    return message


def _of_a_race(conversation_id, author, client_id):
    """Somebody else's transaction took our client_id between our look and our write: in another conversation."""
    if client_id and Message.objects.filter(author=author, client_id=client_id).exists():
        raise ValidationError("This client_id was used in another conversation.")
    raise PermissionDenied("You may not do that here.")


def _answered(conversation, message_id):
    if message_id is None:
        return None
    messages = conversation.messages.filter(seq__gt=conversation.cleared_seq, deleted_at=None)
    message = messages.filter(pk=message_id).first()
    if message is None:
        raise ValidationError("The message you answer is not here any more.")
    return message


def _attach(message, ids):
    """Take the author's uploads into the message; each upload can be posted once."""
    if not ids:
        return []
    if len(ids) > MOST_ATTACHMENTS:
        raise ValidationError(f"Please attach at most {MOST_ATTACHMENTS} files to a message.")
    uploads = Attachment.objects.filter(
        pk__in=ids, uploader=message.author, conversation=message.conversation, message=None
    )
    if uploads.update(message=message) != len(set(ids)):
        raise ValidationError("One of the files is not there any more: please attach it again.")
    return list(message.attachments.all())


def _read_along(message):
    """Whoever had read everything has now read their own message too."""
    Membership.objects.filter(
        conversation=message.conversation, user=message.author, read_seq=message.seq - 1
    ).update(read_seq=message.seq)
