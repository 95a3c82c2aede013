"""Endpoints of cards."""

from ninja import Router

from accounts.api import Bearer

from .. import actions
from ..models import Task
from . import shapes
from .written import READ, told_of

router = Router(tags=["Cards"], auth=Bearer("boards:write"))


@router.get("/cards/{id:task_id}", auth=Bearer(READ), response=shapes.WholeCard, summary="A card")
def card(request, task_id: int):
    """Also one that is archived."""
    return told_of(request, Task.objects.visible_to(request.user).get(pk=task_id))


@router.post("/columns/{id:column_id}/cards", response={201: shapes.Written}, summary="Make a card")
def make_card(request, column_id: int, asked: shapes.NewCard):
    """At the foot of the column."""
    return told_of(
        request, actions.create_task(by=request.user, column_id=column_id, **asked.dict()), status=201
    )


@router.patch("/cards/{id:task_id}", response=shapes.Written, summary="Write on a card")
def edit_card(request, task_id: int, asked: shapes.CardChange):
    """Title, description, due date, people and labels: those that are given."""
    return told_of(
        request, actions.edit_task(by=request.user, task_id=task_id, **asked.dict(exclude_unset=True))
    )


@router.post("/cards/{id:task_id}/move", response=shapes.Written, summary="Move a card")
def move_card(request, task_id: int, asked: shapes.CardMove):
    """Within its board. A neighbour that has left the column meanwhile counts as not given."""
    return told_of(request, actions.move_task(by=request.user, task_id=task_id, **asked.dict()))


@router.post("/cards/{id:task_id}/take", response=shapes.Written, summary="Take a card")
def take_card(request, task_id: int, asked: shapes.Taking):
    """It is mine, besides whose it is already; with `on` false no longer."""
    change = actions.assign_task if asked.on else actions.unassign_task
    return told_of(request, change(by=request.user, task_id=task_id, user_id=request.user.pk))


@router.post("/cards/{id:task_id}/complete", response=shapes.Written, summary="Complete a card")
def complete_card(request, task_id: int):
    """It goes to the first column for what is done, unless it stands in such a one."""
    return told_of(request, actions.complete_task(by=request.user, task_id=task_id))


@router.post("/cards/{id:task_id}/archive", response=shapes.Written, summary="Archive a card")
def archive_card(request, task_id: int):
    """Off the board, with its words; `restore` brings it back."""
    return told_of(request, actions.archive_task(by=request.user, task_id=task_id))


@router.post("/cards/{id:task_id}/restore", response=shapes.Written, summary="Restore a card")
def restore_card(request, task_id: int):
    """To the foot of its column."""
    return told_of(request, actions.restore_task(by=request.user, task_id=task_id))
