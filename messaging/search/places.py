"""The places that somebody may search, and the people and places they mean by names after from:, mentions: and in:."""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db.models import Q, Value
from django.db.models.functions import Replace
from django.utils.translation import gettext

from boards.models import Board, BoardMembership
from live.database.question import Question

from ..models import Conversation, Membership
from ..queries.places import OTHERS, boards_of, name_for
from .asking import Unclear
from .words import fold

Kind = Conversation.Kind
MOST_PLACES = 400  # that the index is asked for; people who are in more see most of what is said anyway


@dataclass(frozen=True)
class Places:
    """Ids of rooms and direct conversations, and of boards for their tasks.

    They only make the search quicker: permissions are checked for whatever is found.
    """

    conversations: frozenset
    boards: frozenset

    @property
    def marks(self):
        return (*(f"c{id}" for id in sorted(self.conversations)), *(f"t{id}" for id in sorted(self.boards)))


def of(user):
    boards = frozenset(board.pk for board in boards_of(user))
    return Places(frozenset(id for (id,) in ROOMS.ask(user_id=user.pk)), boards)


def _rooms_of(user_id):
    """Begins with the person's own memberships, because a database would otherwise scan every conversation."""
    mine = Membership.objects.filter(user=user_id).order_by().values("conversation")
    boards = BoardMembership.objects.filter(user=user_id).order_by().values("board")
    rooms = Conversation.objects.exclude(kind=Kind.TASK).order_by()
    open_ones = rooms.filter(board__in=boards, is_private=False).values("pk")
    return rooms.filter(pk__in=mine.union(open_ones)).values_list("pk")


ROOMS = Question(_rooms_of, user_id=int)


def named(user, names, within):
    """The Places `within` these that have one of these names; Unclear if there is none of a name."""
    conversations, boards = set(), set()
    for name in names:
        found = _named(user, name, within)
        conversations |= found.conversations
        boards |= found.boards
    return Places(frozenset(conversations), frozenset(boards))


def people(user, name):
    """The ids of the people with this name; empty for nobody, so that a search does not tell who has an account."""
    if name.lower() == "me":
        return {user.pk}
    exact = Q(username__iexact=name) | Q(display_name__iexact=name)
    return set(get_user_model().objects.filter(exact).values_list("pk", flat=True)[:20])


def _named(user, name, within):
    wanted = _bare(name)
    direct = _direct(user, name.removeprefix("@"), within) if name.startswith("@") else None
    return direct or _rooms(wanted, within) or _boards(wanted, within) or _tasks(user, name) or _nowhere(name)


def _bare(name):
    """A name as it is compared: folded, without quotes, and with board and room joined by a slash."""
    return "/".join(part.strip().removeprefix("#") for part in fold(_quotable(name)).split("/"))


def _quotable(name):
    return name.replace('"', "")


def _rooms(wanted, within):
    rooms = Conversation.objects.filter(pk__in=within.conversations, kind=Kind.ROOM)
    found = {
        pk
        for pk, room, board in rooms.order_by().values_list("pk", "name", "board__name")
        if wanted in (_bare(room), _bare(f"{board}/{room}"))
    }
    return found and Places(frozenset(found), frozenset())


def _boards(wanted, within):
    boards = Board.objects.filter(pk__in=within.boards).values_list("pk", "name")
    found = frozenset(pk for pk, name in boards if _bare(name) == wanted)
    if not found:
        return None
    rooms = Conversation.objects.filter(pk__in=within.conversations, board__in=found)
    return Places(frozenset(rooms.order_by().values_list("pk", flat=True)), found)


def _tasks(user, name):
    quotable = Replace("task__title", Value('"'))
    tasks = Conversation.objects.visible_to(user).filter(kind=Kind.TASK).alias(quotable=quotable)
    found = frozenset(tasks.filter(quotable__iexact=name).order_by().values_list("pk", flat=True)[:20])
    return found and Places(found, frozenset())


def _direct(user, name, within):
    others = people(user, name)
    mine = Conversation.objects.filter(pk__in=within.conversations, kind=Kind.DIRECT)
    found = mine.filter(memberships__user__in=others) if user.pk not in others else mine
    ids = frozenset(found.values_list("pk", flat=True)) or _called(user, name, list(mine))
    return ids and Places(ids, frozenset())


def _called(user, name, directs):
    """The ids of the direct conversations that this person sees under this name: the names of all the others in it."""
    others = defaultdict(list)
    for membership in OTHERS.ask(user_id=user.pk, ids=[one.pk for one in directs]):
        others[membership.conversation_id].append(membership.user.name)
    wanted = _bare(name)
    return frozenset(one.pk for one in directs if _bare(name_for(one, others[one.pk])) == wanted)


def _nowhere(name):
    raise Unclear(
        gettext("You are in no room, board, task or direct conversation called “%(name)s”.") % {"name": name}
    )
