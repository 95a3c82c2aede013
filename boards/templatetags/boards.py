"""What the details of a task offer to choose from, wherever they are shown."""

from django import template

from .. import policy

register = template.Library()


@register.simple_tag
def choices_for(task, user):
    """The board's columns, people and labels; empty for somebody who may only look."""
    if not policy.may_edit(user, task.board):
        return {"may_edit": False}
    return {
        "may_edit": True,
        "columns": task.board.columns.shown(),
        "people": task.board.people.order_by("display_name", "username"),
        "labels": task.board.labels.all(),
        "assigned": {person.pk for person in task.assignees.all()},
        "labelled": {label.pk for label in task.labels.all()},
    }
