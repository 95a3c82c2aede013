"""The checklist of a card. A change of an item is a change of its card."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils.translation import gettext_lazy as _

from ..models import ChecklistItem, Task
from ..ranks import TOO_LONG, between
from ..wording import one_line
from .changing import KEEP, NoSuchThing, stamp
from .finding import lock_task
from .moving import gap, lies_between

MOST_ITEMS = 100


@transaction.atomic
def add_item(*, by, task_id, text, client_id=None):
    """Add an item to the end of the list. A retry with the same `client_id`, a UUID, returns the first item."""
    board, task = lock_task(task_id, by)
    if added := client_id and task.checklist.filter(client_id=client_id).first():
        return added
    if task.checklist.count() >= MOST_ITEMS:
        raise ValidationError(
            _("A checklist holds %(most)d items. Remove one first, or make another card."),
            params={"most": MOST_ITEMS},
        )
    last = task.checklist.aggregate(last=Max("rank"))["last"]
    item = ChecklistItem(task=task, rank=between(last, None), client_id=client_id)
    item.text = _text(text)
    item.save()
    _stamp(board, task)
    return item


@transaction.atomic
def edit_item(*, by, task_id, item_id, text=KEEP, is_done=KEEP):
    """Change an item's text, or tick or untick it; what is not given stays as it is."""
    board, task, item = _lock(task_id, item_id, by)
    before = (item.text, item.is_done)
    item.text = item.text if text is KEEP else _text(text)
    item.is_done = item.is_done if is_done is KEEP else bool(is_done)
    if before != (item.text, item.is_done):
        item.save()
        _stamp(board, task)
    return item


@transaction.atomic
def move_item(*, by, task_id, item_id, before_item_id=None, after_item_id=None):
    """Put an item before or after another one of the card; if that one is gone, or none is given, at the end."""
    board, task, item = _lock(task_id, item_id, by)
    lower, upper = gap(task.checklist.exclude(pk=item.pk), before_item_id, after_item_id)
    if lies_between(item.rank, lower, upper):
        return item
    item.rank = between(lower, upper)
    item.save()
    if len(item.rank) > TOO_LONG:
        _lay_out_anew(task)
        item.refresh_from_db()
    _stamp(board, task)
    return item


@transaction.atomic
def remove_item(*, by, task_id, item_id):
    """Delete an item. Nothing happens if it is gone already."""
    board, task = lock_task(task_id, by)
    if task.checklist.filter(pk=item_id).delete()[0]:
        _stamp(board, task)
    return task


def _lock(task_id, item_id, by):
    board, task = lock_task(task_id, by)
    item = task.checklist.filter(pk=item_id).first()
    if item is None:
        raise NoSuchThing(_("There is no such item."))
    item.task = task
    return board, task, item


def _stamp(board, task):
    """Save the card as the board's next change, with its items counted again."""
    counts = task.checklist.aggregate(total=Count("pk"), done=Count("pk", filter=Q(is_done=True)))
    task.items_total, task.items_done = counts["total"], counts["done"]
    stamp(board, task, Task.Why.CHANGED)


def _lay_out_anew(task):
    """Give every item a new, short rank. They begin after the last old one, so none is used twice on the way."""
    rank = task.checklist.aggregate(last=Max("rank"))["last"]
    for item in list(task.checklist.all()):
        rank = item.rank = between(rank, None)
        item.save()


def _text(text):
    return one_line(text, limit=200, field="text")
