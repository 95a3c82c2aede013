"""The views that change cards."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .. import actions, forms
from ..typed import keep_typed
from .doors import door, wants_json


@door
def create(request, column_id):
    said = forms.said_by(request)
    return actions.create_task(
        by=request.user,
        column_id=column_id,
        title=said.get("title", ""),
        client_id=forms.client_id(said),
    )


@door
def edit(request, task_id):
    """Change title, description and due date, as far as the form has them and they differ from their `was_` fields."""
    try:
        said, seen = forms.written(request.POST), forms.written(request.POST, "was_")
        return actions.edit_task(by=request.user, task_id=task_id, **said, seen=seen)
    except ValidationError:
        if not wants_json(request):
            keep_typed(request, task_id)
        raise


@door
def people(request, task_id):
    """Assign exactly the people ticked; if the form tells who `was` assigned, only the differences are changed."""
    ids, seen = forms.ticked(request.POST, "people"), forms.ticked_before(request.POST, "assignee_ids")
    return actions.edit_task(by=request.user, task_id=task_id, assignee_ids=ids, seen=seen)


@door
def labels(request, task_id):
    """Set the labels ticked, in the same way."""
    ids, seen = forms.ticked(request.POST, "labels"), forms.ticked_before(request.POST, "label_ids")
    return actions.edit_task(by=request.user, task_id=task_id, label_ids=ids, seen=seen)


@door
def move(request, task_id):
    """Move the card to a `column`, `before` or `after` another card, or to the end."""
    return actions.move_task(by=request.user, task_id=task_id, **_place(forms.said_by(request)))


@door
def undo(request, task_id):
    """Undo a change: `what` is "move", "rename" or "archive"."""
    match request.POST.get("what"):
        case "move":
            left_at = forms.number(request.POST, "left_column"), request.POST.get("left_rank")
            place = _place(request.POST)
            return actions.undo_move(by=request.user, task_id=task_id, left_at=left_at, **place)
        case "rename":
            names = {"left_as": request.POST.get("left_as"), "title": request.POST.get("title", "")}
            return actions.undo_rename(by=request.user, task_id=task_id, **names)
        case "archive":
            return actions.undo_archive(by=request.user, task_id=task_id)
    raise ValidationError(_("That cannot be undone."))


@door
def archive(request, task_id):
    return actions.archive_task(by=request.user, task_id=task_id)


@door
def restore(request, task_id):
    return actions.restore_task(by=request.user, task_id=task_id)


def _place(said):
    words = {"column_id": "column", "before_task_id": "before", "after_task_id": "after"}
    return {name: forms.number(said, word) for name, word in words.items()}
