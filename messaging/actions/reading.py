"""Moving one's place in a conversation."""

from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from .. import receipts
from ..models import Conversation, Membership, Message, Notification
from .inboxes import next_inbox_revision


class Reading(NamedTuple):
    """Where a reader stands, and how many have read as far; the counts are None where there are too many people."""

    moved: bool
    read_seq: int
    read_count: int | None = None
    total_members: int | None = None


def mark_read(*, by, conversation_id, message_id):
    """Everything up to this message has been read. The cursor never moves down, and retrying is harmless."""
    conversation, seq = _place(by, conversation_id, message_id)
    membership = conversation.memberships.filter(user=by).first()
    if membership is None and not conversation.is_task:
        return Reading(False, 0)
    if membership and membership.read_seq >= seq:
        return Reading(False, membership.read_seq)
    if not _move_up(by, conversation, seq):
        return Reading(False, seq)
    return Reading(True, seq, *receipts.count_readers(conversation, seq))


def mark_unread(*, by, conversation_id, message_id):
    """The message, and what came after it, is unread again."""
    conversation, seq = _place(by, conversation_id, message_id)
    with transaction.atomic():
        revision = next_inbox_revision(by.pk)
        place = {"read_seq": seq - 1, "inbox_revision": revision}
        moved = conversation.memberships.filter(user=by).update(**place)
        if not moved:
            _begin(by, conversation, **place)
    return Reading(True, seq - 1, *receipts.count_readers(conversation, seq - 1))


@transaction.atomic
def _move_up(by, conversation, seq):
    revision = next_inbox_revision(by.pk)
    place = {"read_seq": seq, "inbox_revision": revision}
    mine = conversation.memberships.filter(user=by)
    if not mine.filter(read_seq__lt=seq).update(**place):
        if mine.exists():  # another tab was quicker: as if we had not come
            transaction.set_rollback(True)
            return False
        _begin(by, conversation, **place)
    notified = Notification.objects.exclude(kind=Notification.Kind.REMINDER).filter(
        user=by, read_at=None, message__conversation=conversation, message__seq__lte=seq
    )
    Notification.objects.filter(pk__in=list(notified.values_list("pk", flat=True))).update(
        read_at=timezone.now(), inbox_revision=revision
    )
    return True


def _begin(by, conversation, **place):
    """The first look at a task's comments: until now nothing of them was read."""
    if not conversation.is_task:
        raise PermissionDenied("Join the room first.")
    Membership.objects.create(conversation=conversation, user=by, **place)


def _place(by, conversation_id, message_id):
    conversation = Conversation.objects.visible_to(by).filter(pk=conversation_id).first()
    if conversation is None:
        raise PermissionDenied("You may not do that here.")
    seq = conversation.messages.filter(pk=message_id).values_list("seq", flat=True).first()
    if seq is None:
        raise Message.DoesNotExist("There is no such message here.")
    return conversation, seq
