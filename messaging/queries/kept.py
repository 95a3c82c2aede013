"""What one person keeps for later: messages they saved, and messages of theirs that wait to be sent."""

from functools import cache

from django.contrib.auth import get_user_model
from django.utils.translation import gettext

from accounts.zones import iso
from live.database.question import Question

from ..models import Saved, Scheduled
from ..text.markdown import Parsed
from . import places
from .people import people_named
from .snapshots import address

MOST_TOLD = 500  # on opening an inbox


def saved_of(user_id):
    return Saved.objects.of(user_id).select_related("message")


def saved_now(user_id):
    return SAVED_NOW.ask(user_id=user_id)


def saved_since(user_id, since, limit):
    return _since(saved_of, limit).ask(user_id=user_id, since=since)


def told_saved(saved):
    return {
        "message_id": saved.message_id,
        "conversation_id": saved.message.conversation_id,
        "saved": saved.done_at is None,
        "remind_at": iso(saved.remind_at) if saved.done_at is None and not saved.reminded_at else None,
    }


def scheduled_of(user_id):
    return Scheduled.objects.filter(author=user_id)


def scheduled_now(user_id):
    return SCHEDULED_NOW.ask(user_id=user_id)


def scheduled_since(user_id, since, limit):
    return _since(scheduled_of, limit).ask(user_id=user_id, since=since)


SAVED_NOW = Question(lambda user_id: saved_of(user_id).filter(done_at=None)[:MOST_TOLD], user_id=int)
SCHEDULED_NOW = Question(
    lambda user_id: scheduled_of(user_id).filter(sent_at=None, cancelled_at=None)[:MOST_TOLD], user_id=int
)


@cache
def _since(kept_of, limit):
    def since(user_id, since):
        return kept_of(user_id).filter(inbox_revision__gt=since).order_by("inbox_revision")[:limit]

    return Question(since, user_id=int, since=int)


def told_scheduled(scheduled):
    return {
        "scheduled_id": scheduled.pk,
        "conversation_id": scheduled.conversation_id,
        "send_at": iso(scheduled.send_at),
        "state": _state(scheduled),
        "refusal": scheduled.refusal,
    }


def saved_rows(user_id, *, done):
    """As the page lists them: what was said, by whom and where, and when to be reminded."""
    listed = saved_of(user_id).filter(done_at__isnull=not done)
    related = listed.select_related("message__author", "message__conversation__task")
    return [_saved_row(saved) for saved in related[:MOST_TOLD]]


def scheduled_rows(user):
    """As the page lists them: those that failed first, then by their time."""
    waiting = scheduled_of(user.pk).filter(sent_at=None, cancelled_at=None)
    waiting = list(waiting.select_related("conversation__task").order_by("-refusal", "send_at", "pk"))
    mine = places.places_of(user, {one.conversation_id for one in waiting}) if waiting else []
    where = {place["conversation_id"]: place for place in mine}
    zones = _zones_of({place["user_id"] for place in mine} - {None})
    return [_scheduled_row(one, user, where.get(one.conversation_id), zones) for one in waiting]


def _zones_of(user_ids):
    """{user id: the name of the time zone they set}."""
    people = get_user_model().objects.filter(pk__in=user_ids).exclude(time_zone="")
    return dict(people.values_list("pk", "time_zone")) if user_ids else {}


def _scheduled_row(scheduled, user, place, zones):
    """With its words as they would be shown if it were posted now; where one is no longer, nobody is named."""
    parsed = Parsed(scheduled.body)
    people = people_named(scheduled.conversation, parsed.names, user) if place else {}
    zone = zones.get(place["user_id"]) if place else None
    return {"scheduled": scheduled, "place": place, "their_zone": zone, "html": parsed.html(people)}


def _saved_row(saved):
    message = saved.message
    conversation = message.conversation
    is_direct = conversation.kind == conversation.Kind.DIRECT
    return {
        "saved": saved,
        "message": message,
        "name": message.author.name if message.author else message.author_name,
        "place": gettext("direct message") if is_direct else places.name_for(conversation, ()),
        "excerpt": message.excerpt(240) or ("" if message.deleted_at else gettext("A file")),
        "url": address(message),
    }


def _state(scheduled):
    if scheduled.sent_at:
        return "sent"
    if scheduled.cancelled_at:
        return "cancelled"
    return "refused" if scheduled.refusal else "waiting"
