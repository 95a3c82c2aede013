"""The views that change columns."""

from .. import actions, forms
from .doors import door


@door
def create(request, board_id):
    return actions.create_column(by=request.user, board_id=board_id, title=request.POST.get("title", ""))


@door
def edit(request, column_id):
    """Change `title`, `done` and `limit`, as far as the form has them."""
    given = {"title": request.POST["title"]} if "title" in request.POST else {}
    if "done" in request.POST:
        given["is_done"] = request.POST["done"] == "yes"
    if "limit" in request.POST:
        given["limit"] = forms.limit(request.POST)
    return actions.edit_column(by=request.user, column_id=column_id, **given)


@door
def move(request, column_id):
    before = forms.number(request.POST, "before")
    return actions.move_column(by=request.user, column_id=column_id, before_column_id=before)


@door
def remove(request, column_id):
    return actions.remove_column(by=request.user, column_id=column_id)
