"""The endpoint that changes a column."""

from ninja import Router

from accounts.api import Bearer

from .. import actions
from . import shapes
from .written import told_of_column

router = Router(tags=["Boards"], auth=Bearer("boards:write"))


@router.patch("/columns/{id:column_id}", response=shapes.WrittenColumn, summary="Change a column")
def edit_column(request, column_id: int, asked: shapes.ColumnChange):
    """Its title, whether its cards are done, and how many are enough: those that are given."""
    change = asked.dict(exclude_unset=True)
    column = actions.edit_column(by=request.user, column_id=column_id, **change)
    return told_of_column(request, column)
