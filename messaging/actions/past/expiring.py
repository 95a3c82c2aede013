"""What was kept for as long as it is to be kept goes for good, the oldest first."""

import logging
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext

from boards.keeping import in_words, may_end
from live.language import for_everybody

from ...models import Attachment, Conversation, Message, Notification, Saved
from ..changing import change_message, lock_conversation
from ..files.attaching import purge_uploads
from ..saying.commenting import count_comments
from ..saying.deleting import forget

log = logging.getLogger("messaging")

MOST_AT_ONCE = 500  # messages in one transaction: a room is held no longer than many posts would hold it


def expire_all():
    """Everywhere, in many small transactions: who is interrupted goes on with what is left. Returns how many went.

    A conversation that is held for long keeps no other from its turn, and has its own again in an hour.
    """
    return sum(map(_expire_in, [conversation.pk for conversation in aged()]))


def aged():
    """The conversations in which something has been kept for long enough."""
    kept = Message.objects.filter(conversation=OuterRef("pk"), seq__gt=OuterRef("cleared_seq"))
    oldest = kept.exclude(event__what="expired").order_by("seq").values("created_at")[:1]
    found = Conversation.objects.annotate(oldest=Subquery(oldest)).filter(oldest__lt=_midnight())
    if not may_end():
        found = found.filter(Q(retention_days__gt=0) | Q(board__retention_days__gt=0))
    for conversation in found.select_related("board", "task").iterator():
        if conversation.days_kept and conversation.oldest < _moment(conversation):
            yield conversation


def count_aged(conversation):
    """How many messages of an aged conversation would go."""
    here = conversation.messages.filter(seq__gt=conversation.cleared_seq, deleted_at=None)
    return here.filter(created_at__lt=_moment(conversation)).exclude(kind=Message.Kind.SYSTEM).count()


@transaction.atomic
def expire_messages(*, conversation_id):
    """Empty the oldest messages, MOST_AT_ONCE at most, in one change. Returns how many places went.

    The rows stay, emptied: the name of a message is never free for another one. The last of them leaves its place to a
    line that says what is gone, so that the change is on a row which everybody who catches up is told of.
    """
    conversation = lock_conversation(conversation_id)
    last_seq = _last_aged(conversation) if conversation.days_kept else 0
    going = conversation.messages.filter(seq__gt=conversation.cleared_seq, seq__lte=last_seq)
    last = going.filter(seq=last_seq).first()
    places = last_seq - conversation.cleared_seq
    if last is None or (places == 1 and last.is_horizon):
        return 0
    count = going.filter(deleted_at=None).exclude(kind=Message.Kind.SYSTEM).count()
    ids = list(going.values_list("pk", flat=True))
    gone = {"body": "", "html": None, "event": None, "deleted_by": None, "deleted_by_name": ""}
    going.update(deleted_at=timezone.now(), **gone)
    _forget(ids, last)
    conversation.cleared_seq = last_seq - 1
    conversation.save(update_fields=["cleared_seq"])
    count_comments(conversation)
    _turn_into_horizon(conversation, last, count)
    return places


def _expire_in(conversation_id):
    went = 0
    try:
        while places := expire_messages(conversation_id=conversation_id):
            went += places
        while purge_uploads(conversation=conversation_id):
            pass
    except (DatabaseError, OSError) as error:
        log.warning(
            "Conversation %s keeps its old messages for now: %s", conversation_id, type(error).__name__
        )
    return went


def _last_aged(conversation):
    """Times rise with the places: what follows the first that is young is young too."""
    begins = conversation.cleared_seq
    near = conversation.messages.filter(seq__gt=begins, seq__lte=begins + MOST_AT_ONCE)
    young = near.filter(created_at__gte=_moment(conversation)).order_by("seq").values_list("seq", flat=True)
    return young[0] - 1 if young else min(begins + MOST_AT_ONCE, conversation.last_seq)


def _turn_into_horizon(conversation, message, count):
    with for_everybody():
        kept = in_words(conversation.days_kept)
        message.body = gettext("What was said here before is gone: messages are kept %(kept)s.") % {
            "kept": kept
        }
    message.html = None
    message.kind, message.event = Message.Kind.SYSTEM, {"what": "expired", "count": count}
    message.reply_to = message.forwarded_from = message.edited_at = None
    message.deleted_at = message.deleted_by = None
    message.deleted_by_name = ""
    fields = ["body", "html", "kind", "event", "reply_to", "forwarded_from", "edited_at"]
    fields += ["deleted_at", "deleted_by", "deleted_by_name"]
    change_message(conversation, message, Message.Why.DELETED, fields)


def _forget(ids, last):
    """What people kept of these messages, and were told of them, goes with them; so do the files."""
    Saved.objects.filter(message__in=ids).delete()
    Notification.objects.filter(message__in=ids, read_at__isnull=False).delete()
    Attachment.objects.filter(message=last).update(message=None)  # swept away as one that was never posted
    forget(ids)


def _moment(conversation):
    """What was said before goes. Whole days, so that a conversation is changed once in a day at most."""
    return _midnight() - timedelta(days=conversation.days_kept)


def _midnight():
    return timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
