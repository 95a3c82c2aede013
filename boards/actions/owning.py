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

    All are locked, in one order, before rooms and inboxes are that follow a role.
    """
    ids = BoardMembership.objects.filter(user=user).values("board")
    for board in list(Board.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")):
        _keep_owned(board)


def _keep_owned(board):
    """Whoever managed the board and was on it longest owns it, else of those who wrote there.

    Where there is nobody but who looks on, it waits for an account that comes back.
    """
    if owners_of(board).exists():
        return
    heir = _longest_there(board, Role.ADMIN) or _longest_there(board, Role.MEMBER)
    if heir is not None:
        heir.role = Role.OWNER
        stamp_person(board, heir)
        note_on(board, "board.owned_on", by=None, on=person(heir.user))
        signals.board_role_changed.send(Board, board=board, user=heir.user, by=None)


def _longest_there(board, role):
    there = board.memberships.filter(role=role, user__is_active=True).select_related("user")
    return there.order_by("joined_at", "pk").first()
