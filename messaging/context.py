"""What every page shows of conversations: the sidebar. Nothing is asked until a template looks at it."""

from django.utils.functional import SimpleLazyObject

from . import places

GUEST_ROOMS = {"id": 0, "name": "Guest rooms", "url": "/messaging/"}


def sidebar(request):
    return {"sidebar": SimpleLazyObject(lambda: sidebar_of(request))}


def sidebar_of(request):
    """The sidebar of this request's person, counted once."""
    if not hasattr(request, "_sidebar"):
        signed_in = hasattr(request, "user") and request.user.is_authenticated
        request._sidebar = _sidebar(request.user) if signed_in else _empty()
    return request._sidebar


def _sidebar(user):
    mentions = places.unread_mentions(user)
    mine = [_link(place) for place in places.places_of(user, mentions=mentions)]
    boards = {
        board.pk: {"id": board.pk, "name": board.name, "url": board.url, "rooms": []}
        for board in places.boards_of(user)
    }
    for room in mine:
        if room["kind"] == "room":
            board_id = room["board_id"] if room["board_id"] in boards else GUEST_ROOMS["id"]
            boards.setdefault(board_id, {**GUEST_ROOMS, "rooms": []})["rooms"].append(room)
    return {
        "boards": list(boards.values()),
        "directs": [place for place in mine if place["kind"] == "direct"],
        "tasks": {place["task_id"]: place for place in mine if place["kind"] == "task"},
        "notifications_unread": sum(mentions.values()),
    }


def _link(place):
    return {"id": place["conversation_id"], **place}


def _empty():
    return {"boards": [], "directs": [], "tasks": {}, "notifications_unread": 0}
