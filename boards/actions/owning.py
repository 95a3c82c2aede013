"""Every board is owned by somebody whose account is active."""

from django.db import transaction

from accounts.actions import person

from .. import signals
from ..models import Board, BoardMembership
from .changing import stamp_person
from .noting import note_on

Role = BoardMembership.Role


def owners_of(board):
    return board.memberships.filter(role=Role.OWNER, user__is_active=True)


@transaction.atomic
def keep_boards_owned(*, user):
    """This person's account became active or inactive: find an owner for each of their boards that has none.

    All boards are locked first, in the order of their ids, and one signal is sent for all of them: so rooms and inboxes
    are locked after them, in one order too.
    """
    ids = BoardMembership.objects.filter(user=user).values("board")
    boards = list(Board.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    heirs = [heir for board in boards if (heir := _heir_of(board))]
    for heir in heirs:
        _make_owner(heir)
    signals.boards_kept_owned.send(Board, user=user, heirs=heirs)


def _heir_of(board):
    """The membership that shall own a board without an owner: the longest-standing admin, or else member.

    None if there is an owner, or only viewers are left: then the board waits until somebody's account is active again.
    """
    if owners_of(board).exists():
        return None
    return _longest_there(board, Role.ADMIN) or _longest_there(board, Role.MEMBER)


def _make_owner(heir):
    heir.role = Role.OWNER
    stamp_person(heir.board, heir)
    note_on(heir.board, "board.owned_on", by=None, on=person(heir.user))


def _longest_there(board, role):
    there = board.memberships.filter(role=role, user__is_active=True).select_related("user")
    return there.order_by("joined_at", "pk").first()
