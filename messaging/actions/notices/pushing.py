"""Waking the browsers of people who are away: nobody who looks at it already, nobody who wants to be left in peace."""

from django.db.models import Min
from django.utils import timezone

from ... import policy
from ...models import Errand, Membership, Message, Notification
from ...push import calls
from .waking import wake

MOST_HEARD = 100  # messages looked through for what is news to whom


def push_notification(notification_id):
    """Tell everybody who was told together with this one, and has not seen it; safe to repeat."""
    first = Notification.objects.filter(pk=notification_id).first()
    if first is None:
        return
    about = {name: getattr(first, f"{name}_id") for name in ("message", "invitation", "task", "hook")}
    together = Notification.objects.filter(kind=first.kind, pushed_at=None, read_at=None, **about).readable()
    if first.message_id:
        together = together.filter(message__deleted_at=None)
    waiting = list(together.values_list("pk", "user"))
    unreached = wake(calls.of_notifications(together.filter(pk__in=[pk for pk, _ in waiting])))
    settled = [pk for pk, user in waiting if user not in unreached]
    Notification.objects.filter(pk__in=settled).update(pushed_at=timezone.now())
    _try_again_for(unreached)


def ring_conversation(message_id):
    """Tell those who want to hear everything what was said from this message on, if they have not read it."""
    first = Message.objects.select_related("conversation").filter(pk=message_id).first()
    if first is None:
        return
    said = _said_since(first)
    if said:
        readers = _who_hears_all(first.conversation, said)
        _try_again_for(wake(calls.of_messages(first.conversation, said, readers)))


def _try_again_for(people):
    """The errand fails, and comes again later; who was told already hears it as the same words in the same place."""
    if people:
        raise ConnectionError(f"no push service took it for {len(people)} people")


def _said_since(first):
    """Up to where the next errand of this conversation takes over, which is looked for last, lest it is missed."""
    conversation = first.conversation
    said = conversation.messages.filter(seq__gte=first.seq, seq__gt=conversation.cleared_seq, deleted_at=None)
    spoken = said.exclude(kind=Message.Kind.SYSTEM).select_related("author").order_by("seq")
    found = list(spoken[:MOST_HEARD])
    later = Errand.objects.filter(verb=Errand.Verb.RING, noun_id__gt=first.pk).values("noun_id")
    end = conversation.messages.filter(pk__in=later).aggregate(end=Min("seq"))["end"]
    return [message for message in found if end is None or message.seq < end]


def _who_hears_all(conversation, said):
    """{user: how far they have read}, without those whom a notification of these messages tells already."""
    told = Notification.objects.filter(message__in=said).exclude(kind=Notification.Kind.DIRECT)
    members = conversation.memberships.filter(
        level=Membership.Level.ALL,
        user__in=policy.readers(conversation).filter(push_subscriptions__isnull=False).values("pk"),
    )
    members = members.exclude(user__in=told.values("user")).select_related("user")
    return {member.user: member.read_seq for member in members}
