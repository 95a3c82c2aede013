"""Telling people of what is about them, and marking what they were told."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ... import policy
from ...models import Errand, Membership, Notification, PushSubscription
from ...models.notification import UNREAD_AGAIN
from .inboxes import next_inbox_revision, next_inbox_revisions

Kind, Level = Notification.Kind, Membership.Level
PATIENCE = timedelta(seconds=6)  # in which who is looking reads it, and nobody's telephone need buzz
# At which levels of a conversation its people want to hear of each; who asked to be reminded does in any case.
HEARD_AT = {
    Kind.MENTION: (Level.ALL, Level.MENTIONS),
    Kind.EVERYBODY: (Level.ALL, Level.MENTIONS),
    Kind.REPLY: (Level.ALL, Level.MENTIONS),
    Kind.DIRECT: (Level.ALL,),
}


def notify(
    kind, user_ids, *, message=None, invitation=None, task=None, due=None, hook=None, export=None, actor=None
):
    """Tell each of these people, in the caller's transaction; returns the notifications that are new.

    It is about a message, an invitation, a task (or the date on which that is `due`), a webhook or an export. Nobody is
    told of what they did themselves, of what they may not read or asked not to hear of, or twice of one message. Who
    notifies several times in one transaction holds the inboxes of all of them first (`lock_inboxes`).
    """
    ids = set(user_ids)
    if message:
        ids = _listening(kind, ids, message)
    elif actor:
        ids -= {actor.pk}
    if not ids:
        return []
    if kind == Kind.REMINDER:  # of the same message, for another time
        Notification.objects.filter(kind=kind, message=message, user__in=ids).delete()
    about = {
        "kind": kind,
        "message": message,
        "invitation": invitation,
        "task": task,
        "due": due,
        "hook": hook,
        "export": export,
    }
    by = {"actor": actor, "actor_name": actor.name} if actor else {}
    made = Notification.objects.bulk_create(
        Notification(user_id=id, inbox_revision=revision, inbox_born=revision, **about, **by)
        for id, revision in next_inbox_revisions(ids).items()
    )
    _push_soon(made)
    return made


def count_anew(notifications):
    """Their people may read what these are about no more, or again: until they are read, they go and come with it."""
    unread = list(notifications.filter(read_at=None))
    revisions = next_inbox_revisions(one.user_id for one in unread)
    for one in unread:
        one.inbox_revision = revisions[one.user_id]
    Notification.objects.bulk_update(unread, ["inbox_revision"], batch_size=200)


@transaction.atomic
def mark_notifications_read(*, by, ids=None):
    """Those of these ids that are this person's, or all of them; returns the ids which were unread until now."""
    return _mark(by, Q(read_at=None), ids, read_at=timezone.now())


@transaction.atomic
def mark_notifications_unread(*, by, ids):
    """Back among what waits; neither browsers nor letters tell of it again."""
    return _mark(by, Q(read_at__isnull=False), ids, **UNREAD_AGAIN)


def _mark(by, which, ids, **fields):
    notifications = Notification.objects.filter(which, user=by)
    if ids is not None:
        notifications = notifications.filter(pk__in=ids)
    found = list(notifications.values_list("pk", flat=True))
    if found:
        fields["inbox_revision"] = next_inbox_revision(by.pk)
        Notification.objects.filter(pk__in=found).update(**fields)
    return found


def _listening(kind, ids, message):
    """Those who may read the message, and want to hear of it in this way, and have not."""
    readers = policy.readers(message.conversation).filter(pk__in=ids)
    if kind in HEARD_AT:
        theirs = message.conversation.memberships.filter(user__in=ids)
        deaf = theirs.exclude(level__in=HEARD_AT[kind])
        told = message.notifications.filter(kind__in=HEARD_AT)
        readers = readers.exclude(pk=message.author_id)
        readers = readers.exclude(pk__in=deaf.values("user")).exclude(pk__in=told.values("user"))
    return set(readers.values_list("pk", flat=True))


def _push_soon(made):
    """One errand for all who are told together; none where nobody has a browser that may be woken."""
    people = [notification.user_id for notification in made]
    if made[0].kind != Kind.DIRECT and PushSubscription.objects.filter(user__in=people).exists():
        Errand.objects.create(verb=Errand.Verb.PUSH, noun_id=made[0].pk, due_at=timezone.now() + PATIENCE)
