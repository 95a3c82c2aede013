"""Creating a board, renaming it, and choosing how long its messages are kept."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from live.language import for_everybody

from .. import signals
from ..models import Board, BoardMembership, Column
from ..ranks import between
from ..wording import one_line
from .changing import lock_board, lock_board_to_manage, stamp, stamp_name
from .noting import note_on

FIRST_COLUMNS = [(_("To do"), False), (_("Doing"), False), (_("Done"), True)]


@transaction.atomic
def create_board(*, by, name, columns=FIRST_COLUMNS):
    """A new board, owned by the person who creates it. `columns` are pairs (title, is_done)."""
    board = Board.objects.create(name=_name(name))
    board = lock_board(board.pk)
    BoardMembership.objects.create(board=board, user=by, role=BoardMembership.Role.OWNER)
    rank = None
    with for_everybody():
        for title, is_done in columns:
            rank = between(rank, None)
            stamp(
                board, Column(board=board, title=str(title), is_done=is_done, rank=rank), Column.Why.CREATED
            )
    note_on(board, "board.made", by=by)
    signals.board_created.send(Board, board=board, by=by)
    return board


@transaction.atomic
def rename_board(*, by, board_id, name):
    board = lock_board_to_manage(board_id, by)
    name = _name(name)
    if name != board.name:
        before, board.name = board.name, name
        stamp_name(board)
        note_on(board, "board.renamed", by=by, before=before)
    return board


@transaction.atomic
def set_retention(*, by, board_id, days):
    """Keep messages on the board for so many days (0: for ever), or, with None, as the installation does."""
    board = lock_board_to_manage(board_id, by)
    if board.retention_days != days:
        board.retention_days = days
        board.save(update_fields=["retention_days"])
        signals.board_retention_changed.send(Board, board=board, by=by)
    return board


def _name(name):
    return one_line(name, limit=80, field="name")
