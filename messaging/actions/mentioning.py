"""Who is meant by the names in a message, and telling them."""

from django.db.models.functions import Lower

from .. import policy
from ..models import Mention, Notification
from .inboxes import lock_inboxes
from .notifying import notify
from .putting_away import withdraw


def people_named(conversation, names):
    """{lower-case name: user} of those who may read the conversation; other names are but words."""
    if not names:
        return {}
    readers = policy.readers(conversation).annotate(lower_name=Lower("username"))
    return {user.lower_name: user for user in readers.filter(lower_name__in=list(names))}


def mention(message, people):
    """Have the message mention exactly these people, and notify those who are new. Returns them by their ids."""
    people = sorted({user.pk: user for user in people}.values(), key=lambda user: user.pk)
    ids = {user.pk for user in people}
    before = _mentioned_before(message) if message.edited_at else set()
    if message.edited_at:
        lock_inboxes(before ^ ids)
    if before - ids:
        message.mentions.exclude(user__in=ids).delete()
        withdraw(message.notifications.filter(kind=Notification.Kind.MENTION).exclude(user__in=ids))
    if ids - before:
        Mention.objects.bulk_create([Mention(message=message, user_id=id) for id in sorted(ids - before)])
        notify(Notification.Kind.MENTION, ids - before, message=message)
    return people


def _mentioned_before(message):
    return set(message.mentions.values_list("user_id", flat=True))
