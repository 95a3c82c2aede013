"""Putting notices away: what they told of is read, or is no longer news. And bringing them back.

The one notice of a direct conversation stays as long as something there is unread: it goes on to the first of that. Of
several, for somebody marked an old one unread, the newest does.
"""

from django.db.models import Case, Exists, OuterRef, Q, Subquery, When
from django.utils import timezone

from ...models import Membership, Mention, Message, Notification
from ...models.notification import UNREAD_AGAIN
from .inboxes import next_inbox_revisions
from .notifying import HEARD_AT

Kind = Notification.Kind
DIRECT = Kind.DIRECT
IN_ITS_HTML = 'data-group="'  # of a message that calls everybody


def withdraw(notifications):
    """What these told people is no longer news."""
    unread = dict(notifications.filter(read_at=None).values_list("pk", "user"))
    put_away(unread.keys(), next_inbox_revisions(unread.values()))


def put_away(ids, revisions):
    """`revisions`: {user id: the next revision of their inbox, which is locked}"""
    if not ids:
        return
    now = timezone.now()
    told = list(Notification.objects.filter(pk__in=ids, read_at=None).annotate(next=NEXT))
    for one in told:
        one.inbox_revision = revisions[one.user_id]
        if one.next is None:
            one.read_at = now
        else:
            one.message_id = one.next
    Notification.objects.bulk_update(told, ["message", "read_at", "inbox_revision"], batch_size=200)


def bring_back(user_id, conversation_id, seq, revision):
    """What told this person of the message at this place, or of later ones, is news again, if it was not taken back.

    `revision` is the next of their inbox, which is locked.
    """
    named = Exists(Mention.objects.filter(user=user_id, message=OuterRef("message")))
    called = Q(kind=Kind.EVERYBODY, message__html__contains=IN_ITS_HTML)
    is_meant = Q(named, kind=Kind.MENTION) | called | Q(kind=Kind.REPLY)
    stands = Q(message__conversation=conversation_id, message__seq__gte=seq, message__deleted_at=None)
    told = Notification.objects.filter(stands & is_meant, user=user_id, read_at__isnull=False)
    told.update(**UNREAD_AGAIN, inbox_revision=revision)
    hears_all = Membership.objects.filter(
        user=user_id, conversation=conversation_id, level=Membership.Level.ALL
    )
    if hears_all.filter(conversation__kind="direct").exists():
        _bring_back_direct(user_id, conversation_id, seq, revision)


def _bring_back_direct(user_id, conversation_id, seq, revision):
    """The one that stands for a direct conversation, about the first of what is unread there by now."""
    mine = Notification.objects.filter(user=user_id)
    otherwise = mine.filter(message=OuterRef("pk"), kind__in=HEARD_AT).exclude(kind=DIRECT)
    said = _said_by_others(user_id, otherwise).filter(conversation=conversation_id, seq__gte=seq)
    first = said.order_by("seq").first()
    if first is None:
        return
    told = mine.filter(kind=DIRECT, message__conversation=conversation_id)
    one = (
        told.filter(message=first).first()
        or told.first()
        or Notification(user_id=user_id, inbox_born=revision)
    )
    told.filter(read_at=None).exclude(pk=one.pk).update(read_at=timezone.now(), inbox_revision=revision)
    one.kind, one.message, one.inbox_revision = DIRECT, first, revision
    one.save()
    mine.filter(pk=one.pk).update(**UNREAD_AGAIN)


def _unread_after():
    """Of the notice's conversation: the first message of others that stands and that nothing was told of."""
    place = Membership.objects.filter(user=OuterRef(OuterRef("user")), conversation=OuterRef("conversation"))
    told = Notification.objects.filter(
        user=OuterRef(OuterRef("user")), message=OuterRef("pk"), kind__in=HEARD_AT
    )
    said = _said_by_others(OuterRef("user"), told).filter(conversation=OuterRef("message__conversation"))
    after = said.filter(seq__gt=OuterRef("message__seq")).filter(seq__gt=Subquery(place.values("read_seq")))
    return after.order_by("seq")


def _said_by_others(user, told):
    """What stands of it, and none of these notices is about."""
    said = Message.objects.shown().filter(~Exists(told), deleted_at=None)
    return said.exclude(kind=Message.Kind.SYSTEM).exclude(author=user)


NEWER = Notification.objects.filter(
    user=OuterRef("user"),
    message__conversation=OuterRef("message__conversation"),
    kind=DIRECT,
    read_at=None,
    pk__gt=OuterRef("pk"),
)
NEXT = Case(When(~Exists(NEWER), kind=DIRECT, then=Subquery(_unread_after().values("pk")[:1])))
