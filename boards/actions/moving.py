"""Moving cards. Their order is the same on every screen, however many people drag at once."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import signals
from ..models import Task
from ..ranks import TOO_LONG, between
from .changing import NoSuchThing, stamp
from .finding import lock_task


@transaction.atomic
def move_task(*, by, task_id, column_id, before_task_id=None, after_task_id=None):
    """Put a card into a column, before or after another card.

    A neighbour that has left the column meanwhile counts as not given; without one, the card goes to the end.
    """
    board, task = lock_task(task_id, by)
    column = board.columns.shown().filter(pk=column_id).first()
    if column is None:
        raise NoSuchThing(_("There is no such column."))
    lower, upper = gap(column.tasks.exclude(pk=task.pk), before_task_id, after_task_id)
    if task.column_id == column.pk and lies_between(task.rank, lower, upper):
        return task
    before = task.column
    task.column, task.rank = column, between(lower, upper)
    if column != before:
        task.moved_at, task.moved_by = timezone.now(), by
    stamp(board, task, Task.Why.MOVED)
    if len(task.rank) > TOO_LONG:
        _lay_out_anew(board, column)
        task.refresh_from_db()
    signals.task_moved.send(Task, task=task, before=before, by=by)
    return task


@transaction.atomic
def complete_task(*, by, task_id):
    """Move a card to the board's first column of done cards, unless it is in such a column already."""
    board, task = lock_task(task_id, by)
    if task.column.is_done:
        return task
    done = board.columns.shown().filter(is_done=True).first()
    if done is None:
        raise ValidationError(_("No column of this board is for cards that are done: mark one in its menu."))
    return move_task(by=by, task_id=task_id, column_id=done.pk)


def foot_of(column):
    """A rank after all cards of the column."""
    return between(column.tasks.aggregate(last=Max("rank"))["last"], None)


def gap(others, before_id, after_id=None):
    """(lower, upper): the ranks next to the wanted place among `others`, None at an end. Archived cards count too."""
    if upper := _rank(others, before_id):
        return others.filter(rank__lt=upper).aggregate(last=Max("rank"))["last"], upper
    if lower := _rank(others, after_id):
        return lower, others.filter(rank__gt=lower).aggregate(first=Min("rank"))["first"]
    return others.aggregate(last=Max("rank"))["last"], None


def _rank(others, id):
    return id and others.filter(pk=id).values_list("rank", flat=True).first()


def lies_there(task, *, column_id, before_task_id=None, after_task_id=None):
    """Whether a card is already where such a move would put it."""
    others = Task.objects.filter(column=column_id).exclude(pk=task.pk)
    return task.column_id == column_id and lies_between(
        task.rank, *gap(others, before_task_id, after_task_id)
    )


def lies_between(rank, lower, upper):
    return (lower is None or lower < rank) and (upper is None or rank < upper)


def _lay_out_anew(board, column):
    """Give every card of the column a new, short rank. They begin after the last old one, so none is used twice."""
    rank = column.tasks.aggregate(last=Max("rank"))["last"]
    for task in list(column.tasks.order_by("rank")):
        rank = task.rank = between(rank, None)
        stamp(board, task, Task.Why.MOVED)
