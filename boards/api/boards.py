"""The boards a person is on, and one of them with everything that stands on it."""

from ninja import Router

from accounts.api import Bearer, told

from .. import frames, ids, policy  # noqa: F401  ids registers the converter {id:...}
from ..models import Board, BoardMembership
from . import shapes

router = Router(tags=["Boards"], auth=Bearer("boards:read"))


@router.get("/boards", response=shapes.Boards, summary="The boards I am on")
def boards(request):
    """In the order of their names."""
    roles = dict(BoardMembership.objects.filter(user=request.user).values_list("board", "role"))
    mine = [one for one in Board.objects.visible_to(request.user) if one.pk in roles]
    return told({"boards": [_line(one, roles[one.pk]) for one in mine]})


@router.get("/boards/{id:board_id}", response=shapes.Board, summary="A board with its columns and cards")
def board(request, board_id: int):
    """Without the cards that are archived."""
    # The board's row first: what changes after it was read is told from its revision on.
    found = Board.objects.visible_to(request.user).get(pk=board_id)
    people = found.memberships.select_related("user").order_by("user__display_name", "user__username")
    return told(
        {
            **_line(found, policy.role_of(request.user, found)),
            "revision": found.revision,
            "epoch": str(found.epoch),
            "columns": [_column(one) for one in found.columns.shown().with_cards()],
            "labels": [frames.label(one) for one in found.labels.all()],
            "people": [{**frames.person(one.user), "role": one.role} for one in people],
        }
    )


def _line(board, role):
    return {"board_id": board.pk, "name": board.name, "url": board.url, "role": role}


def _column(column):
    return {**frames.column(column), "cards": [frames.card(task) for task in column.cards]}
