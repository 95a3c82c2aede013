"""What every page shows: the sidebar and notices of the last action. Nothing is asked until a template looks at it."""

from django.contrib.messages import get_messages
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from .offline import is_without_notices, is_without_sidebar
from .queries import places

GUEST_ROOMS = {"id": 0, "name": _("Guest in"), "url": "/messaging/"}
BLANK_BOARD = {"id": 0, "name": "", "url": ""}  # the browser draws new ones by this pattern
SIGNS = {"task": "message-square", "direct": "users"}  # the icons of places; those of rooms tell who may read


def notices(request):
    return {"messages": notices_for(request)}


def notices_for(request):
    """What the last action has to say, once; it waits for the next page that is opened."""
    return () if is_without_notices(request) else get_messages(request)


def sidebar(request):
    return {
        "sidebar": SimpleLazyObject(lambda: sidebar_of(request)),
        "has_sidebar": not is_without_sidebar(request),
    }


def sidebar_of(request):
    """The sidebar of this request's person, counted once."""
    if not hasattr(request, "_sidebar"):
        signed_in = hasattr(request, "user") and request.user.is_authenticated
        request._sidebar = _sidebar(request.user) if signed_in else _empty()
    return request._sidebar


def _sidebar(user):
    """Favourites in their order, the rest in that of their names, as static/js/messaging/sections.js has it."""
    mentions = places.unread_mentions(user)
    mine = [_link(place) for place in places.places_to_show(user, mentions)]
    others = sorted((place for place in mine if not place["favourite"]), key=_by_name)
    boards = {
        board.pk: {
            "id": board.pk,
            "name": board.name,
            "url": board.url,
            "people_revision": board.people_revision,
            "rooms": [],
        }
        for board in places.boards_of(user)
    }
    for room in others:
        if room["kind"] == "room":
            board_id = room["board_id"] if room["board_id"] in boards else GUEST_ROOMS["id"]
            boards.setdefault(board_id, {**GUEST_ROOMS, "rooms": []})["rooms"].append(room)
    tasks = [place for place in mine if place["kind"] == "task"]
    return {
        "places": mine,
        "favourites": sorted((one for one in mine if one["favourite"]), key=lambda one: one["favourite"]),
        "boards": list(boards.values()),
        "directs": [place for place in others if place["kind"] == "direct"],
        "news": [place for place in others if place["kind"] == "task" and place["unread"]],
        "tasks": {place["task_id"]: place for place in tasks},
        "notifications_unread": sum(mentions.values()),
        "blank_board": BLANK_BOARD,
    }


def _link(place):
    sign = SIGNS.get(place["kind"]) or ("lock" if place["private"] else "hash")
    return {"id": place["conversation_id"], "sign": sign, **place}


def _by_name(place):
    return place["name"].lower(), place["conversation_id"]


def _empty():
    nothing = {"places": [], "favourites": [], "boards": [], "directs": [], "news": [], "tasks": {}}
    return {**nothing, "notifications_unread": 0}
