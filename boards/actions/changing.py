"""What every change of a board has in common: the board's row is locked, and the change gets its next revision."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from live import announce

from .. import policy
from ..models import Board

KEEP = object()  # the default of an argument that, if not given, leaves a field as it is


class NoSuchThing(PermissionDenied):
    """It does not exist, or this person may not see it: they do not learn which."""


def lock_board(board_id):
    """The board, locked until the transaction ends."""
    board = Board.objects.select_for_update(no_key=True).filter(pk=board_id).first()
    if board is None:
        raise NoSuchThing(_("There is no such board."))
    return board


def lock_board_to_edit(board_id, by):
    return _lock_for(policy.EDITORS, board_id, by, _("You may look at this board, but not change it."))


def lock_board_to_manage(board_id, by):
    return _lock_for(policy.MANAGERS, board_id, by, _("Only owners and admins of the board may do that."))


def _lock_for(roles, board_id, by, otherwise):
    """The locked board. PermissionDenied if the role is too low; NoSuchThing if the person is not on the board."""
    board = lock_board(board_id)
    role = policy.role_of(by, board)
    if role not in roles:
        raise PermissionDenied(otherwise) if role else NoSuchThing(_("There is no such board."))
    return board


def stamp(board, noun, why):
    """Save a card or column as the board's next change."""
    noun.revision = _next_revision(board)
    noun.why = why
    if noun.born is None:
        noun.born = noun.revision
    noun.save()
    return noun


def stamp_name(board):
    board.name_revision = _next_revision(board)
    board.save(update_fields=["name", "name_revision"])


def stamp_people(board, *, somebody_lost_access=False):
    board.people_revision = _next_revision(board)
    board.access += somebody_lost_access
    board.save(update_fields=["people_revision", "access"])


def stamp_person(board, membership):
    """Save a membership as the board's next change."""
    stamp_people(board)
    membership.shown_revision = board.people_revision
    membership.save()
    return membership


def _next_revision(board):
    board.revision += 1
    board.save(update_fields=["revision"])
    transaction.on_commit(partial(announce, board.stream, board.revision))
    return board.revision
