"""What changed in one person's inbox, ready to be said."""

from functools import cache

from django.contrib.auth import get_user_model

from live.database.question import Question
from live.streams import Change

from .. import inbox_frames
from ..models import Appearance, Departure, Membership, Notification, NotificationWishes
from ..queries import appearances, drafts, kept, notices, wishes
from ..queries.places import places_of


def personal_changes(user_id, since, limit):
    """One Change for each inbox revision above `since`, lowest first; its noun is the frames that tell it."""
    asked = {"user_id": user_id, "since": since}
    memberships = _since(Membership, limit).ask(**asked)
    departures = _since(Departure, limit).ask(**asked)
    notifications = _since(Notification, limit, "message").ask(**asked)
    wished = _since(NotificationWishes, limit, "user").ask(**asked)
    places = _places(user_id, memberships, notifications)
    shown = _since(Appearance, limit).ask(**asked)
    told = {}
    for revision, frame in (
        *_of_memberships(memberships, places),
        *((one.inbox_revision, inbox_frames.conversation_left(one.conversation_id)) for one in departures),
        *_of_notifications(user_id, notifications, places),
        *(
            (one["revision"], inbox_frames.draft_changed(one))
            for one in drafts.changed(user_id, since, limit)
        ),
        *_of_what_is_kept(user_id, since, limit),
        *((one.inbox_revision, inbox_frames.wishes_changed(wishes.told(one))) for one in wished),
        *((one.inbox_revision, appearances.told(get_user_model()(pk=user_id), one)) for one in shown),
    ):
        frames_then = told.setdefault(revision, [])
        if frame not in frames_then:
            frames_then.append(frame)
    return [Change(revision, 0, told[revision], 0) for revision in sorted(told)[:limit]]


@cache
def _since(noun, limit, *related):
    def since(user_id, since):
        changed = noun.objects.filter(user=user_id, inbox_revision__gt=since).order_by("inbox_revision", "pk")
        return (changed.select_related(*related) if related else changed)[:limit]

    return Question(since, user_id=int, since=int)


def _of_what_is_kept(user_id, since, limit):
    for one in kept.saved_since(user_id, since, limit):
        yield one.inbox_revision, inbox_frames.saved_changed(kept.told_saved(one))
    for one in kept.scheduled_since(user_id, since, limit):
        yield one.inbox_revision, inbox_frames.scheduled_changed(kept.told_scheduled(one))


def _places(user_id, memberships, notifications):
    """{conversation id: place} of all that these are about."""
    ids = {one.conversation_id for one in memberships} | {
        one.message.conversation_id for one in notifications if one.message
    }
    if not ids:
        return {}
    found = places_of(get_user_model()(pk=user_id), ids)
    return {place["conversation_id"]: place for place in found}


def _of_memberships(memberships, places):
    for one in memberships:
        place = places.get(one.conversation_id)
        if place is None:  # archived meanwhile
            yield one.inbox_revision, inbox_frames.conversation_left(one.conversation_id)
        elif one.inbox_revision == one.inbox_born:
            yield one.inbox_revision, inbox_frames.conversation_joined(place)
        else:
            yield one.inbox_revision, inbox_frames.conversation_state(place)


def _of_notifications(user_id, notifications, places):
    """What is news, what no longer is, and how many mentions that leaves in each conversation."""
    if not notifications:
        return
    count = notices.unread_count(user_id)
    unread = notices.told_of(user_id, [one.pk for one in notifications if one.read_at is None])
    news = {told["notification_id"]: told for told in unread}
    read = {}
    for one in notifications:
        if one.pk in news:
            yield one.inbox_revision, inbox_frames.notification(news[one.pk], count)
        else:
            read.setdefault(one.inbox_revision, []).append(one.pk)
        if one.message and one.message.conversation_id in places:
            yield one.inbox_revision, inbox_frames.conversation_state(places[one.message.conversation_id])
    for revision, ids in read.items():
        yield revision, inbox_frames.notifications_read(ids, count)
