"""The doors of cards."""

from .. import actions, forms
from .doors import door


@door
def create(request, column_id):
    return actions.create_task(
        by=request.user,
        column_id=column_id,
        title=request.POST.get("title", ""),
        client_id=forms.client_id(request.POST),
    )


@door
def edit(request, task_id):
    """Title, description, due date: those that the form holds."""
    return actions.edit_task(by=request.user, task_id=task_id, **forms.written(request.POST))


@door
def people(request, task_id):
    """Exactly the people ticked."""
    return actions.edit_task(
        by=request.user, task_id=task_id, assignee_ids=forms.ticked(request.POST, "people")
    )


@door
def labels(request, task_id):
    """Exactly the labels ticked."""
    return actions.edit_task(by=request.user, task_id=task_id, label_ids=forms.ticked(request.POST, "labels"))


@door
def move(request, task_id):
    """To a column, before or after a card of it, or at its foot."""
    said = forms.said_by(request)
    return actions.move_task(
        by=request.user,
        task_id=task_id,
        column_id=forms.number(said, "column"),
        before_task_id=forms.number(said, "before"),
        after_task_id=forms.number(said, "after"),
    )


@door
def archive(request, task_id):
    return actions.archive_task(by=request.user, task_id=task_id)


@door
def restore(request, task_id):
    return actions.restore_task(by=request.user, task_id=task_id)
