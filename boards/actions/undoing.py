"""Undoing a change of a card: an ordinary change back, refused if somebody has changed the same since."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .editing import edit_task
from .finding import lock_task
from .moving import lies_there, move_task
from .tasks import restore_task


@transaction.atomic
def undo_move(*, by, task_id, left_at, column_id, before_task_id=None, after_task_id=None):
    """Move a card back, if it is still at `left_at`, the (column id, rank) that the move gave it, or back already."""
    task = lock_task(task_id, by)[1]
    place = {"column_id": column_id, "before_task_id": before_task_id, "after_task_id": after_task_id}
    if (task.column_id, task.rank) != left_at and not lies_there(task, **place):
        raise ValidationError(_("Somebody has moved this card since, so it stays where it is."))
    _check_it_is_shown(task)
    return move_task(by=by, task_id=task_id, **place)


@transaction.atomic
def undo_rename(*, by, task_id, left_as, title):
    """Give a card its former `title` again, if its title is still `left_as`."""
    task = lock_task(task_id, by)[1]
    if task.title not in (left_as, title):
        raise ValidationError(_("Somebody has renamed this card since, so it keeps its name."))
    _check_it_is_shown(task)
    return edit_task(by=by, task_id=task_id, title=title)


def undo_archive(*, by, task_id):
    """Put an archived card back where it was. Nothing happens if it is back already."""
    return restore_task(by=by, task_id=task_id, in_place=True)


def _check_it_is_shown(task):
    if task.archived_at:
        raise ValidationError(
            _("Somebody has archived this card since. It is among the archived cards, in the settings.")
        )
