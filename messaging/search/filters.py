"""What the index does not know of a message: what hangs on it, and what it is to the person who asks."""

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from live.database.question import Question

from ..models import Attachment, Conversation, Membership, Mention, Message, Pin, Reaction, Saved

RELATED = "author", "conversation__task", "conversation__board"  # to the row of a message that was found
FEW = 1_500  # rows that are quicker gone through than found among many hits


def readable(user):
    """The messages that this person may read and that still stand, for a few that are picked by their ids."""
    visible = Conversation.objects.visible_to(user).filter(pk=OuterRef("conversation"))
    standing = Message.objects.filter(deleted_at=None).exclude(kind=Message.Kind.SYSTEM).shown()
    return standing.filter(Exists(visible))


def _picked(user_id, ids):
    return readable(get_user_model()(pk=user_id)).filter(pk__in=ids)


# What most searches ask.
PICKED = Question(lambda user_id, ids: _picked(user_id, ids).values_list("pk"), user_id=int, ids=[int])
ROWS = Question(lambda user_id, ids: _picked(user_id, ids).select_related(*RELATED), user_id=int, ids=[int])


def narrowed(messages, user, question, mentioned):
    """Those of the messages that are as the question has it."""
    for one in _rows(user, question, mentioned):
        messages = messages.filter(Exists(one.filter(message=OuterRef("pk"))))
    if "link" in question.having:
        messages = messages.filter(Q(body__contains="http://") | Q(body__contains="https://"))
    if "unread" in question.being:
        messages = unread(messages, user)
    if question.since:
        messages = messages.filter(created_at__gte=question.since)
    if question.until:
        messages = messages.filter(created_at__lt=question.until)
    return messages


def unread(messages, user):
    mine = Membership.objects.filter(conversation=OuterRef("conversation"), user=user)
    is_mine = Q(conversation__kind=Conversation.Kind.TASK) | Exists(mine)
    read_seq = Coalesce(Subquery(mine.values("read_seq")), 0)
    others = messages.filter(Q(author=None) | ~Q(author=user)).filter(is_mine, conversation__archived_at=None)
    return others.annotate(my_read_seq=read_seq).filter(seq__gt=read_seq)


def few_that_could(user, question, mentioned):
    """(id, moment) of all messages that have what is asked for, if they are few; else None."""
    for rows in _rows(user, question, mentioned):
        ids = list(rows.order_by().values_list("message", flat=True).distinct()[: FEW + 1])
        if len(ids) <= FEW:
            return list(Message.objects.filter(pk__in=ids).values_list("pk", "created_at"))
    return None


def _rows(user, question, mentioned):
    """Querysets of what must hang on a message, those that are rare first."""
    if "saved" in question.being:
        yield Saved.objects.filter(user=user, done_at=None)
    for ids in mentioned:
        yield Mention.objects.filter(user__in=ids)
    if "pin" in question.having:
        yield Pin.objects.all()
    if "image" in question.having:
        yield Attachment.objects.filter(content_type__startswith="image/", message__isnull=False)
    if "file" in question.having:
        yield Attachment.objects.filter(message__isnull=False)
    if "reaction" in question.having:
        yield Reaction.objects.all()
