"""A board is owned by somebody whose account is in use."""

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
    """The account is in use again, or no longer: their boards without an owner get one.

    All boards are locked, in one order, before any room is; and what follows the new roles is done for all at once, so
    that rooms and inboxes are locked in one order too.
    """
    ids = BoardMembership.objects.filter(user=user).values("board")
    boards = list(Board.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    heirs = [heir for board in boards if (heir := _heir_of(board))]
    for heir in heirs:
        _make_owner(heir)
    signals.boards_kept_owned.send(Board, user=user, heirs=heirs)


def _heir_of(board):
    """Of a board without an owner whoever managed it and was on it longest, else of those who wrote there.

    Where there is nobody but who looks on, it waits for an account that comes back.
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
