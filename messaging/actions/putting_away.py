"""Putting notices away: what they told of is read, or is no longer news. And bringing them back.

The one notice of a direct conversation stays as long as something there is unread: it goes on to the first of that. Of
several, for somebody marked an old one unread, the newest does.
"""

from django.db.models import Case, Exists, OuterRef, Q, Subquery, When
from django.utils import timezone

from ..models import Membership, Mention, Message, Notification
from ..models.notification import UNREAD_AGAIN
from .inboxes import next_inbox_revisions

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

    That of a direct conversation comes with the next that is written there. `revision` is the next of their inbox.
    """
    named = Exists(Mention.objects.filter(user=user_id, message=OuterRef("message")))
    called = Q(kind=Kind.EVERYBODY, message__html__contains=IN_ITS_HTML)
    is_meant = Q(named, kind=Kind.MENTION) | called | Q(kind=Kind.REPLY)
    stands = Q(message__conversation=conversation_id, message__seq__gte=seq, message__deleted_at=None)
    told = Notification.objects.filter(stands & is_meant, user=user_id, read_at__isnull=False)
    told.update(**UNREAD_AGAIN, inbox_revision=revision)


def _unread_after():
    """Of the notice's conversation: the first message of others that stands and that nothing was told of."""
    place = Membership.objects.filter(user=OuterRef(OuterRef("user")), conversation=OuterRef("conversation"))
    told = Notification.objects.filter(user=OuterRef(OuterRef("user")), message=OuterRef("pk"), kind=DIRECT)
    after = Message.objects.filter(conversation=OuterRef("message__conversation"), deleted_at=None)
    after = after.filter(~Exists(told), seq__gt=OuterRef("message__seq"))
    after = after.filter(seq__gt=Subquery(place.values("read_seq")))
    return after.exclude(kind=Message.Kind.SYSTEM).exclude(author=OuterRef("user")).order_by("seq")


NEWER = Notification.objects.filter(
    user=OuterRef("user"),
    message__conversation=OuterRef("message__conversation"),
    kind=DIRECT,
    read_at=None,
    pk__gt=OuterRef("pk"),
)
NEXT = Case(When(~Exists(NEWER), kind=DIRECT, then=Subquery(_unread_after().values("pk")[:1])))
