"""Cards as JSON, for pages outside the board that show them; and taking a card."""

from django.http import JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .. import actions, forms, frames, policy
from ..models import Board, Task
from .doors import door, only_people

MOST = 100  # cards in one answer


@only_people
@require_safe
@cache_control(private=True, no_store=True)
def cards(request):
    """{cards, boards} for the ids in the query string. A card that this person may not see is left out.

    A board is read before its cards: what changes after its revision, its line tells.
    """
    ids = sorted(forms.ticked(request.GET, "id"))[:MOST]
    seen = Task.objects.visible_to(request.user).filter(pk__in=ids)
    boards = Board.objects.filter(tasks__in=seen).distinct().prefetch_related("columns")
    told = [_board(board, policy.role_of(request.user, board)) for board in boards]
    cards = seen.select_related("column").prefetch_related("assignees", "labels").order_by("pk")
    return JsonResponse({"cards": [_card(task) for task in cards], "boards": told})


@door
def take(request, task_id):
    """Assign the card to oneself, or with `on` 0 unassign it."""
    change = actions.unassign_task if request.POST.get("on") == "0" else actions.assign_task
    return change(by=request.user, task_id=task_id, user_id=request.user.pk)


def _card(task):
    return {"board_id": task.board_id, **frames.about_card(frames.card(task), task.revision, False)}


def _board(board, role):
    shown = [frames.column(column) for column in board.columns.all() if column.removed_at is None]
    return {**frames.followed(board, role in policy.EDITORS), "columns": shown}
