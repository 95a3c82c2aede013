"""What changed in one person's inbox, ready to be said."""

from django.contrib.auth import get_user_model

from live.streams import Change

from . import frames, notices
from .models import Departure, Membership, Notification
from .places import places_of


def personal_changes(user_id, since, limit):
    """One Change for each inbox revision above `since`, lowest first; its noun is the frames that tell it."""
    memberships = list(_since(Membership, user_id, since, limit))
    departures = list(_since(Departure, user_id, since, limit))
    notifications = list(_since(Notification, user_id, since, limit))
    told = {}
    for revision, frame in (
        *_of_places(user_id, memberships),
        *((one.inbox_revision, frames.conversation_left(one.conversation_id)) for one in departures),
        *_of_notifications(user_id, notifications),
    ):
        told.setdefault(revision, []).append(frame)
    return [Change(revision, 0, told[revision], 0) for revision in sorted(told)[:limit]]


def _since(noun, user_id, since, limit):
    changed = noun.objects.filter(user=user_id, inbox_revision__gt=since)
    return changed.order_by("inbox_revision", "pk")[:limit]


def _of_places(user_id, memberships):
    if not memberships:
        return
    user = get_user_model().objects.get(pk=user_id)
    places = {
        place["conversation_id"]: place
        for place in places_of(user, [one.conversation_id for one in memberships])
    }
    for one in memberships:
        place = places.get(one.conversation_id)
        if place is None:  # archived meanwhile
            yield one.inbox_revision, frames.conversation_left(one.conversation_id)
        elif one.inbox_revision == one.inbox_born:
            yield one.inbox_revision, frames.conversation_joined(place)
        else:
            yield one.inbox_revision, frames.conversation_state(place)


def _of_notifications(user_id, notifications):
    if not notifications:
        return
    count = notices.unread_count(user_id)
    news = {one.pk for one in notifications if one.read_at is None}
    for told in notices.told(Notification.objects.filter(pk__in=news)):
        revision = next(one.inbox_revision for one in notifications if one.pk == told["notification_id"])
        yield revision, frames.notification(told, count)
    read = {}
    for one in notifications:
        if one.read_at is not None:
            read.setdefault(one.inbox_revision, []).append(one.pk)
    for revision, ids in read.items():
        yield revision, frames.notifications_read(ids, count)

