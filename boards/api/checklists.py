"""Endpoints of a card's checklist."""

from ninja import Router

from accounts.api import Bearer

from .. import actions
from . import shapes
from .written import told_of, told_of_item

LIST = "/cards/{id:task_id}/checklist"
ONE = LIST + "/{id:item_id}"
router = Router(tags=["Checklists"], auth=Bearer("boards:write"))


@router.post(LIST, response={201: shapes.WrittenItem}, summary="Add an item")
def add_item(request, task_id: int, asked: shapes.NewItem):
    """At the foot of the list, which holds 100."""
    item = actions.add_item(by=request.user, task_id=task_id, **asked.dict())
    return told_of_item(request, item, status=201)


@router.patch(ONE, response=shapes.WrittenItem, summary="Change an item")
def edit_item(request, task_id: int, item_id: int, asked: shapes.ItemChange):
    """Its words, and whether it is done: those that are given."""
    return _changed(request, actions.edit_item, task_id, item_id, asked.dict(exclude_unset=True))


@router.post(ONE + "/move", response=shapes.WrittenItem, summary="Move an item")
def move_item(request, task_id: int, item_id: int, asked: shapes.ItemMove):
    """Within its list. A neighbour that is gone counts as not given."""
    return _changed(request, actions.move_item, task_id, item_id, asked.dict())


@router.delete(ONE, response=shapes.Written, summary="Remove an item")
def remove_item(request, task_id: int, item_id: int):
    """For good; one that is gone stays gone. The answer is its card."""
    return told_of(request, actions.remove_item(by=request.user, task_id=task_id, item_id=item_id))


def _changed(request, action, task_id, item_id, what):
    return told_of_item(request, action(by=request.user, task_id=task_id, item_id=item_id, **what))
