"""The template context of a conversation's page, for all kinds of conversations."""

from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.urls import reverse

from ... import policy
from ...models import Conversation
from ...queries import places
from ...queries.people import people_of
from ...queries.timeline import first_of_day, opening_page, page_of, rows
from ..asked import whole_number

EARLIEST, LATEST = date(1970, 1, 2), date(9000, 1, 1)  # days whose midnight exists in any time zone


def conversation_context(request, conversation):
    """The context of room.html and task.html. The conversation must have been found `with_roles`."""
    user = request.user
    place = asked_place(request, conversation)
    page = page_of(conversation, **place) if place else opening_page(conversation, user)
    people = people_of(conversation)
    return {
        "conversation": conversation,
        "messages": rows(page, reader=user, read_seq=conversation.read_seq),
        "frames": page.messages,
        "people": people,
        "may": _may(conversation),
        "is_member": conversation.member_role is not None,
        "is_banned": _is_banned(user, conversation),
        "level": conversation.level or conversation.default_level,
        "data": {
            **_addresses(conversation),
            **page.edges,
            "id": conversation.pk,
            "kind": conversation.kind,
            "name": places.name_for(
                conversation, [one["display_name"] for one in people if one["user_id"] != user.pk]
            ),
            "url": conversation.url,
            "revision": conversation.revision,
            "epoch": str(conversation.epoch),
            "read_seq": conversation.read_seq,
            "last_seq": conversation.last_seq,
            "me": {"id": user.pk, "username": user.username, "name": user.name, "avatar": user.face},
            "members": [
                {key: one[key] for key in ("user_id", "username", "display_name", "avatar")} for one in people
            ],
            "may": _may(conversation),
            "their_clock": _their_clock(conversation, people, user),
            "reads": {},
        },
    }


def _is_banned(user, conversation):
    is_outside = conversation.kind == Conversation.Kind.ROOM and conversation.member_role is None
    return is_outside and policy.is_banned(user, conversation)


def asked_place(request, conversation):
    """{before|after|around: seq} of the query string, or {}. A `date` means around that day's first message."""
    if day := _day(request.GET.get("date", "")):
        return {"around": first_of_day(conversation, day, _zone(request.GET.get("zone", "")))}
    asked = {key: whole_number(request.GET.get(key)) for key in ("before", "after", "around")}
    return {key: seq for key, seq in asked.items() if seq is not None}


def _day(text):
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return min(max(day, EARLIEST), LATEST)


def _zone(name):
    """The ZoneInfo that the browser names; None if there is none of that name."""
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return None


def _addresses(conversation):
    is_task = conversation.is_task
    word = "comment" if is_task else "message"
    path = f"task-comments/{conversation.task_id}" if is_task else f"chat-room/{conversation.pk}"
    messages = reverse("messaging:messages", args=[conversation.pk])
    return {
        "socket_url": f"/ws/{path}/",
        "post_type": "comment" if is_task else "chat_message",
        "post_field": word,
        "history_url": messages,
        "post_url": messages,
        "changes_url": reverse("messaging:changes", args=[conversation.pk]),
        "read_url": reverse("messaging:read", args=[conversation.pk]),
        "files_url": reverse("messaging:files", args=[conversation.pk]),
    }


def _may(conversation):
    able = policy.abilities_as_found(conversation)
    words = {"post": policy.POST, "moderate": policy.MODERATE, "manage": policy.MANAGE}
    return {name: word in able for name, word in words.items()}


def _their_clock(conversation, people, user):
    """{name, zone} of the other person in a direct conversation of two, if they have set a time zone; else None."""
    others = [one for one in people if one["user_id"] != user.pk]
    if conversation.kind != conversation.Kind.DIRECT or len(others) != 1 or not others[0]["zone"]:
        return None
    return {"name": others[0]["display_name"], "zone": others[0]["zone"]}
