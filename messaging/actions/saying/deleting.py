"""Taking words away: a tombstone stays in their place, so that everybody's order and count still hold."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions import person

from ... import policy
from ...models import Attachment, Mention, Message, Notification, Pin, Reaction, ShownPreview, Version
from ..changing import add_event, change_message, lock_conversation, lock_message
from ..files.attaching import purge_uploads
from ..notices.putting_away import withdraw
from ..noting import note_in
from .commenting import count_comments


@transaction.atomic
def delete_message(*, conversation_id, message_id, by):
    """The tombstone. Its files go with it; what cannot be removed at once is swept away later."""
    conversation, message = lock_message(conversation_id, message_id, by)
    if not policy.may_delete_message(by, message):
        raise PermissionDenied(_("You may delete your own messages only."))
    if message.deleted_at:
        return message
    forget([message.pk])
    _note_deleted(conversation, message, by)
    message.body, message.html = "", None
    message.deleted_at, message.deleted_by, message.deleted_by_name = timezone.now(), by, by.name
    count_comments(conversation)
    transaction.on_commit(lambda: purge_uploads(message=message), robust=True)
    fields = ["body", "html", "deleted_at", "deleted_by", "deleted_by_name"]
    return change_message(conversation, message, Message.Why.DELETED, fields)


@transaction.atomic
def clear_conversation(*, conversation_id, by):
    """Take away everything said so far, in one change, whose message is returned.

    The rows stay, emptied: the name of a message is never free for another one.
    """
    conversation = lock_conversation(conversation_id, by, policy.MANAGE)
    cleared = conversation.messages.filter(seq__gt=conversation.cleared_seq)
    count = cleared.filter(deleted_at=None).exclude(kind=Message.Kind.SYSTEM).count()
    files = Attachment.objects.filter(message__in=cleared.values("pk")).count()
    forget(cleared.values("pk"))
    gone = {"deleted_at": timezone.now(), "deleted_by": by, "deleted_by_name": by.name}
    cleared.filter(deleted_at=None).update(body="", html=None, event=None, **gone)
    conversation.cleared_seq = conversation.last_seq
    conversation.save(update_fields=["cleared_seq"])
    count_comments(conversation)
    transaction.on_commit(lambda: purge_uploads(conversation=conversation), robust=True)
    note_in(conversation, "room.cleared", by=by, messages=count, files=files)
    return add_event(conversation, by, _("{by} cleared the conversation."), what="cleared", count=count)


def _note_deleted(conversation, message, by):
    """Who takes back their own words is not noted, and nothing of what is between people directly."""
    if conversation.board_id is None:
        return
    if message.author_id != by.pk:
        author = person(message.author) if message.author else ("person", None, message.author_name)
        note_in(conversation, "message.deleted", by=by, on=author, message=message.pk)
    for file in message.attachments.all():
        note_in(conversation, "file.removed", by=by, on=("file", file.pk, file.name), message=message.pk)


def forget(messages):
    """What hangs on messages that lose their words; what they said before goes with what they said last."""
    Version.objects.filter(message__in=messages).delete()
    Pin.objects.filter(message__in=messages).delete()
    Mention.objects.filter(message__in=messages).delete()
    Reaction.objects.filter(message__in=messages).delete()
    ShownPreview.objects.filter(message__in=messages).delete()
    withdraw(Notification.objects.filter(message__in=messages))
