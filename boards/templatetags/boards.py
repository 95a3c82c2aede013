"""Template tags for the details of a task."""

from itertools import pairwise

from django import template
from django.db.models import Exists, OuterRef

from .. import typed
from ..models import Label

register = template.Library()


@register.simple_tag
def columns_of(board):
    return board.columns.shown()


@register.simple_tag
def labels_for(task):
    """The labels of its board, each with `is_worn`: whether the task has it."""
    worn = task.labels.through.objects.filter(task=task, label=OuterRef("pk"))
    return Label.objects.filter(board=task.board_id).annotate(is_worn=Exists(worn))


@register.simple_tag(takes_context=True)
def words_shown(context, task):
    return typed.words_shown(context["request"], task)


@register.simple_tag
def items_of(task):
    """The items of its checklist in order. `before` is the id of the item above, `after` of the one below, if any."""
    items = list(task.checklist.all())
    for above, below in pairwise(items):
        above.after, below.before = below.pk, above.pk
    return items
