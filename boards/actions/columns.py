"""The columns of a board: creating, changing, moving and removing them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import signals
from ..models import Column
from ..ranks import between
from ..wording import one_line
from .changing import KEEP, lock_board_to_edit, stamp
from .finding import lock_column
from .moving import gap, lies_between


@transaction.atomic
def create_column(*, by, board_id, title, is_done=False):
    """A new column at the end of the board."""
    board = lock_board_to_edit(board_id, by)
    last = board.columns.aggregate(last=Max("rank"))["last"]
    column = Column(board=board, title=_title(title), is_done=is_done, rank=between(last, None))
    return stamp(board, column, Column.Why.CREATED)


@transaction.atomic
def edit_column(*, by, column_id, title=KEEP, is_done=KEEP, limit=KEEP):
    """Change a column; what is not given stays as it is. `limit` None means no limit."""
    board, column = lock_column(column_id, by)
    before = (column.title, column.is_done, column.limit)
    column.title = column.title if title is KEEP else _title(title)
    column.is_done = column.is_done if is_done is KEEP else bool(is_done)
    column.limit = column.limit if limit is KEEP else _limit(limit)
    if before != (column.title, column.is_done, column.limit):
        stamp(board, column, Column.Why.CHANGED)
    if before[1] != column.is_done:
        signals.column_done_changed.send(Column, column=column)
    return column


@transaction.atomic
def move_column(*, by, column_id, before_column_id=None):
    """Put a column before another one, or at the end of the board."""
    board, column = lock_column(column_id, by)
    lower, upper = gap(board.columns.exclude(pk=column.pk), before_column_id)
    if lies_between(column.rank, lower, upper):
        return column
    column.rank = between(lower, upper)
    return stamp(board, column, Column.Why.CHANGED)


@transaction.atomic
def remove_column(*, by, column_id):
    board, column = lock_column(column_id, by)
    if column.tasks.shown().exists():
        raise ValidationError(_("Move or archive the cards of this column first."))
    column.removed_at = timezone.now()
    return stamp(board, column, Column.Why.REMOVED)


def _title(title):
    return one_line(title, limit=80, field="title")


def _limit(limit):
    if limit is not None and not 1 <= limit <= Column.LARGEST_LIMIT:
        raise ValidationError(
            {"limit": _("Please give a limit from 1 to %(most)d, or none.") % {"most": Column.LARGEST_LIMIT}}
        )
    return limit
