"""Shaping a board: its columns made, named, moved and removed."""

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


@transaction.atomic
def create_column(*, by, board_id, title, is_done=False):
    """A column at the board's far end."""
    board = lock_board_to_edit(board_id, by)
    last = board.columns.aggregate(last=Max("rank"))["last"]
    column = Column(board=board, title=_title(title), is_done=is_done, rank=between(last, None))
    return stamp(board, column, Column.Why.CREATED)


@transaction.atomic
def edit_column(*, by, column_id, title=KEEP, is_done=KEEP, limit=KEEP):
    """Change a column; what is not given stays as it is. A `limit` of None is none."""
    board, column = lock_column(column_id, by)
    before = (column.title, column.is_done, column.limit)
    column.title = column.title if title is KEEP else _title(title)
    column.is_done = column.is_done if is_done is KEEP else bool(is_done)
    column.limit = column.limit if limit is KEEP else _limit(limit)
    if before != (column.title, column.is_done, column.limit):
        stamp(board, column, Column.Why.CHANGED)
    if before[1] != column.is_done:
        signals.column_turned.send(Column, column=column)
    return column


@transaction.atomic
def move_column(*, by, column_id, before_column_id=None):
    """Put a column before another one, or at the far end."""
    board, column = lock_column(column_id, by)
    others = board.columns.exclude(pk=column.pk)
    before = others.filter(pk=before_column_id).first() if before_column_id else None
    upper = before.rank if before else None
    lower = (others.filter(rank__lt=upper) if before else others).aggregate(last=Max("rank"))["last"]
    if lower is None and upper is None:
        return column
    if (lower is None or lower < column.rank) and (upper is None or column.rank < upper):
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
