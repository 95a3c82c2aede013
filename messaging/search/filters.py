"""The traits of a message that the index does not know, such as its files or whether the user has read it."""

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from live.database.question import Question

from ..models import Attachment, Conversation, Membership, Mention, Message, Pin, Reaction, Saved

RELATED = "author", "conversation__task", "conversation__board"  # what is loaded with each message found
FEW = 1_500  # rows; so few are checked one by one more quickly than by searching the index


def readable(user):
    """The messages that this person may read, and that are neither deleted nor cleared. For a few, filtered by id."""
    visible = Conversation.objects.visible_to(user).filter(pk=OuterRef("conversation"))
    standing = Message.objects.filter(deleted_at=None).exclude(kind=Message.Kind.SYSTEM).shown()
    return standing.filter(Exists(visible))


def _picked(user_id, ids):
    return readable(get_user_model()(pk=user_id)).filter(pk__in=ids)


# Prepared, because almost every search needs them.
PICKED = Question(lambda user_id, ids: _picked(user_id, ids).values_list("pk"), user_id=int, ids=[int])
ROWS = Question(lambda user_id, ids: _picked(user_id, ids).select_related(*RELATED), user_id=int, ids=[int])


def narrowed(messages, user, question, mentioned):
    """Those of these messages, a query, that have all the traits the question asks for."""
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


def few_candidates(user, question, mentioned):
    """[(id, created_at)] of all messages that have the rarest trait asked for, if they are few; else None."""
    for rows in _rows(user, question, mentioned):
        ids = list(rows.order_by().values_list("message", flat=True).distinct()[: FEW + 1])
        if len(ids) <= FEW:
            return list(Message.objects.filter(pk__in=ids).values_list("pk", "created_at"))
    return None


def _rows(user, question, mentioned):
    """Querysets of rows that must belong to a message (pins, files and so on), the rare kinds first."""
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
