"""The views of a card's checklist, and the list as a part of a page."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .. import actions, forms, policy
from ..models import Task
from .doors import door


@login_required
@require_safe
@never_cache
def shown(request, task_id):
    # The board's row is read with the card's: what changes after its revision, the line tells.
    task = get_object_or_404(Task.objects.visible_to(request.user).select_related("board"), pk=task_id)
    context = {"task": task, "board": task.board, "may_edit": policy.may_edit(request.user, task.board)}
    return render(request, "boards/_checklist.html", context)


@door
def add(request, task_id):
    said = forms.said_by(request)
    return actions.add_item(
        by=request.user, task_id=task_id, text=said.get("text", ""), client_id=forms.client_id(said)
    )


@door
def edit(request, task_id, item_id):
    """Change `text` and `done`, as far as the form has them."""
    given = {"text": request.POST["text"]} if "text" in request.POST else {}
    if "done" in request.POST:
        given["is_done"] = request.POST["done"] == "yes"
    return actions.edit_item(by=request.user, task_id=task_id, item_id=item_id, **given)


@door
def move(request, task_id, item_id):
    """Move the item `before` or `after` another one, or to the end."""
    before, after = (forms.number(request.POST, name) for name in ("before", "after"))
    return actions.move_item(
        by=request.user, task_id=task_id, item_id=item_id, before_item_id=before, after_item_id=after
    )


@door
def remove(request, task_id, item_id):
    return actions.remove_item(by=request.user, task_id=task_id, item_id=item_id)
