"""The queries that run most often, each as a function of a person and a room of theirs."""

from boards.stream import BoardStream
from messaging.finding import ROOM
from messaging.line.streams import ConversationSource, InboxSource
from messaging.queries.catching_up import waiting
from messaging.queries.people import people_of
from messaging.queries.places import boards_of, ids_of_mine, places_of, places_to_show, unread_mentions
from messaging.queries.timeline import opening_page, page_of
from messaging.search.finding import search

CHANGES = 100  # that were missed
HISTORY = "the newest page", "the page before", "the page after", "the page around"


def room_page(user, room):
    (found,) = ROOM.ask(user_id=user.pk, id=room.pk)
    return opening_page(found, user), people_of(found)


def linked(user):
    return [{"id": place["conversation_id"], **place} for place in places_of(user)]


def changes(user, room):
    return ConversationSource().changes(room.pk, max(1, room.revision - CHANGES), 1_000)


def sidebar(user, room):
    return places_to_show(user, unread_mentions(user)), boards_of(user)


ASKED = {
    "a room page": room_page,
    "the sidebar of a page": sidebar,
    "the newest page": lambda user, room: page_of(room),
    "the page before": lambda user, room: page_of(room, before=room.last_seq // 2),
    "the page after": lambda user, room: page_of(room, after=room.last_seq // 2),
    "the page around": lambda user, room: page_of(room, around=room.last_seq // 2),
    "changes since": changes,
    "where a conversation stands": lambda user, room: ConversationSource().heads([room.pk]),
    "where all of mine stand": lambda user, room: ConversationSource().heads(ids_of_mine(user)),
    "where boards stand": lambda user, room: BoardStream().heads([board.pk for board in boards_of(user)]),
    "where inboxes stand": lambda user, room: InboxSource().heads([user.pk]),
    "who may follow": lambda user, room: ConversationSource().allowed(room.pk, [user.pk]),
    "unread counts": lambda user, room: places_of(user),
    "what waits to be read": lambda user, room: waiting(user, linked(user)),
}


def searching(words):
    return lambda user, room: search(user, words)
