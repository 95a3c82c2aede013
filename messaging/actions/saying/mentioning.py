"""Who is meant by the names in a message, and telling them."""

from ...models import Mention, Notification
from ..notices.inboxes import lock_inboxes
from ..notices.notifying import notify
from ..notices.putting_away import withdraw
from .calling import called

Kind = Notification.Kind


def mention(message, people):
    """Have a new message mention these people, and notify them. Returns them in the order of their ids."""
    people = sorted({user.pk: user for user in people}.values(), key=lambda user: user.pk)
    ids = [user.pk for user in people]
    _note_mentions(message, ids)
    notify(Kind.MENTION, ids, message=message)
    return people


def mention_anew(message, people, groups, *, instead_of):
    """Have a message in other words mention exactly these people, and call these groups `instead_of` those it called.

    Whoever is meant for the first time is told of it; from those who are not meant any more it is taken back, for good.
    """
    named, before = {user.pk for user in people}, set(message.mentions.values_list("user", flat=True))
    newly_named, newly_called = named - before, called(message.conversation, groups - instead_of) - named
    gone = (
        _no_longer_meant(message, named, groups, instead_of) if before - named or instead_of - groups else {}
    )
    lock_inboxes({*newly_named, *newly_called, *gone.values()})
    if before - named:
        message.mentions.exclude(user__in=named).delete()
    withdraw(Notification.objects.filter(pk__in=gone))
    _note_mentions(message, sorted(newly_named))
    notify(Kind.MENTION, newly_named, message=message)
    notify(Kind.EVERYBODY, newly_called, message=message)


def _no_longer_meant(message, named, groups, instead_of):
    """{id of a notice: its person} of those who are neither named nor called now."""
    told = message.notifications.filter(read_at=None).exclude(
        user__in=named | called(message.conversation, groups)
    )
    kinds = [Kind.MENTION, Kind.EVERYBODY] if instead_of - groups else [Kind.MENTION]
    return dict(told.filter(kind__in=kinds).values_list("pk", "user"))


def _note_mentions(message, ids):
    Mention.objects.bulk_create([Mention(message=message, user_id=id) for id in ids])
