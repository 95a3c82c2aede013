"""Creating, archiving and restoring cards, and counting their comments."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import signals
from ..models import Task
from .changing import stamp
from .editing import clean_description, clean_title, labels_of, people_of
from .finding import lock_column, lock_task, lock_task_unasked
from .moving import foot_of


@transaction.atomic
def create_task(
    *, by, column_id, title, description="", due=None, assignee_ids=(), label_ids=(), client_id=None
):
    """A new card at the end of the column. A retry with the same `client_id`, a UUID, returns the first card."""
    board, column = lock_column(column_id, by)
    if made := client_id and _made_before(board, by, client_id):
        return made
    task = Task(board=board, column=column, rank=foot_of(column), created_by=by, client_id=client_id)
    task.title, task.description, task.due = clean_title(title), clean_description(description), due
    stamp(board, task, Task.Why.CREATED)
    people = people_of(board, assignee_ids)
    task.assignees.set(people)
    task.labels.set(labels_of(board, label_ids))
    signals.task_created.send(Task, task=task, by=by)
    for user in people:
        signals.task_assigned.send(Task, task=task, user=user, by=by)
    return task


@transaction.atomic
def archive_task(*, by, task_id):
    """Take a card off the board. It is kept, and can be restored."""
    board, task = lock_task(task_id, by)
    if task.archived_at is None:
        task.archived_at = timezone.now()
        stamp(board, task, Task.Why.ARCHIVED)
        signals.task_archived.send(Task, task=task, by=by)
    return task


@transaction.atomic
def restore_task(*, by, task_id, in_place=False):
    """Put an archived card back at the end of its column, or of the board's first column if its own is gone.

    With `in_place`, it goes back to where it was, if its column still exists.
    """
    board, task = lock_task(task_id, by)
    if task.archived_at is None:
        return task
    is_gone = task.column.removed_at is not None
    if is_gone:
        task.column = _first_column(board)
    if is_gone or not in_place:
        task.rank = foot_of(task.column)
    task.archived_at = None
    task.born = None  # pages that show the board must add it, as if it were new
    stamp(board, task, Task.Why.CREATED)
    signals.task_restored.send(Task, task=task, by=by)
    return task


@transaction.atomic
def note_comment(*, task_id, count):
    """Store on the card how many comments it has. Conversations call it after their own COMMIT."""
    board, task = lock_task_unasked(task_id)
    if task.comment_count != count:
        task.comment_count = count
        stamp(board, task, Task.Why.COMMENTED)
    return task


def _made_before(board, by, client_id):
    made = Task.objects.filter(created_by=by, client_id=client_id).first()
    if made and made.board_id != board.pk:
        raise ValidationError(_("This client_id was used on another board."))
    return made


def _first_column(board):
    column = board.columns.shown().first()
    if column is None:
        raise ValidationError(_("Add a column to the board first."))
    return column
