"""Who is meant by the names in a message, and telling them."""

from datetime import timedelta

from django.db.models.functions import Lower
from django.utils import timezone

from .. import policy
from ..models import Errand, Membership, Mention, Notification
from .inboxes import next_inbox_revisions

MAIL_AFTER = timedelta(minutes=5)  # a mention is mailed if it is still unread by then


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
    if before - ids:
        message.mentions.exclude(user__in=ids).delete()
    if ids - before:
        Mention.objects.bulk_create([Mention(message=message, user_id=id) for id in sorted(ids - before)])
        _notify(message, ids - before)
    return people


def withdraw(notifications):
    """What these told people is no longer news."""
    unread = list(notifications.filter(read_at=None))
    revisions = next_inbox_revisions(notification.user_id for notification in unread)
    for notification in unread:
        notification.read_at, notification.inbox_revision = timezone.now(), revisions[notification.user_id]
    Notification.objects.bulk_update(unread, ["read_at", "inbox_revision"], batch_size=200)


def _mentioned_before(message):
    return set(message.mentions.values_list("user_id", flat=True))


def _notify(message, user_ids):
    """One notification for each person and message, however often an edit takes the name out and in."""
    told = Notification.objects.filter(message=message).values_list("user_id", flat=True)
    quiet = Membership.objects.filter(
        conversation=message.conversation, user__in=user_ids, level=Membership.Level.NOTHING
    ).values_list("user_id", flat=True)
    user_ids = user_ids - set(told) - set(quiet) - {message.author_id}
    revisions = next_inbox_revisions(user_ids)
    notifications = Notification.objects.bulk_create(
        Notification(user_id=id, message=message, inbox_revision=revision, inbox_born=revision)
        for id, revision in revisions.items()
    )
    Errand.objects.bulk_create(
        Errand(verb=Errand.Verb.MAIL_MENTION, noun_id=notification.pk, due_at=timezone.now() + MAIL_AFTER)
        for notification in notifications
    )
