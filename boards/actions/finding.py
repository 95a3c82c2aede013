"""Finding a column or card by its id and locking its board, for somebody who may change it."""

from django.utils.translation import gettext_lazy as _

from ..models import Column, Task
from .changing import NoSuchThing, lock_board, lock_board_to_edit


def lock_column(column_id, by):
    """(board, column), both as they are under the lock."""
    board = lock_board_to_edit(_board_of(Column, column_id), by)
    column = board.columns.shown().filter(pk=column_id).first()
    if column is None:
        raise NoSuchThing(_("There is no such column."))
    return board, column


def lock_task(task_id, by):
    """(board, task), both as they are under the lock."""
    board = lock_board_to_edit(_board_of(Task, task_id), by)
    return board, _task_on(board, task_id)


def lock_task_unasked(task_id):
    """The same, for a change that the server makes by itself: no permission is checked."""
    board = lock_board(_board_of(Task, task_id))
    return board, _task_on(board, task_id)


def _task_on(board, task_id):
    return board.tasks.select_related("column").get(pk=task_id)


def _board_of(kind, id):
    # Neither a column nor a card ever changes its board, so this may be asked before the lock.
    return kind.objects.filter(pk=id).values_list("board_id", flat=True).first()
