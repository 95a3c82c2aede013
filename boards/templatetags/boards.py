"""What the details of a task offer to choose from, wherever they are shown."""

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
    """The labels of its board, each knowing whether the task wears it: `is_worn`."""
    worn = task.labels.through.objects.filter(task=task, label=OuterRef("pk"))
    return Label.objects.filter(board=task.board_id).annotate(is_worn=Exists(worn))


@register.simple_tag(takes_context=True)
def words_shown(context, task):
    return typed.words_shown(context["request"], task)


@register.simple_tag
def items_of(task):
    """The items of its checklist in their order, each knowing its neighbours' ids: `before` and `after`."""
    items = list(task.checklist.all())
    for above, below in pairwise(items):
        above.after, below.before = below.pk, above.pk
    return items
