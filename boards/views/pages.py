"""The pages of boards: the list of boards, a board, its settings."""

from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from .. import filters, frames, policy
from ..models import Board, BoardMembership, Label

MOST_SUGGESTED = 200  # people; others can still be added by their name


@login_required
@require_safe
def board_list(request):
    open_cards = Count(
        "tasks", filter=Q(tasks__archived_at=None, tasks__column__is_done=False), distinct=True
    )
    boards = Board.objects.visible_to(request.user).annotate(
        open_cards=open_cards, people_count=Count("people", distinct=True)
    )
    return render(request, "boards/board_list.html", {"boards": boards})


@login_required
@require_safe
def board(request, board_id):
    # The board's row is read first: what changes after its revision, the line tells.
    board = get_object_or_404(Board.objects.visible_to(request.user), pk=board_id)
    role = policy.role_of(request.user, board)
    people = list(board.people.order_by("display_name", "username"))
    columns = board.columns.shown().with_cards()
    context = {
        "board": board,
        "columns": columns,
        **_filtered(columns, request.GET),
        "labels": board.labels.all(),
        "dues": filters.DUE,
        "people": people,
        "today": timezone.localdate(),
        "may_edit": role in policy.EDITORS,
        "may_manage": role in policy.MANAGERS,
        "data": {**frames.followed(board, role in policy.EDITORS), "me": frames.person(request.user)},
    }
    return render(request, "boards/board.html", context)


@login_required
@require_safe
def settings(request, board_id):
    board = get_object_or_404(Board.objects.visible_to(request.user), pk=board_id)
    role = policy.role_of(request.user, board)
    context = {
        "board": board,
        "memberships": board.memberships.select_related("user").order_by(
            "user__display_name", "user__username"
        ),
        "columns": board.columns.shown(),
        "labels": board.labels.annotate(card_count=Count("tasks")),
        "archived": board.tasks.exclude(archived_at=None).order_by("-archived_at")[:50],
        "roles": policy.roles_to_give(role),
        "colours": Label.Colour.choices,
        "may_edit": role in policy.EDITORS,
        "may_manage": role in policy.MANAGERS,
        "may_invite": policy.may_invite(request.user, board),
        "known": _known_elsewhere(request.user, board) if role in policy.MANAGERS else (),
        "is_owner": role == BoardMembership.Role.OWNER,
    }
    return render(request, "boards/board_settings.html", context)


def _known_elsewhere(user, board):
    """People from the user's other boards who are not on this one."""
    mine = BoardMembership.objects.filter(user=user).values("board")
    known = get_user_model().objects.people().filter(board_memberships__board__in=mine)
    others = known.exclude(pk__in=board.memberships.values("user")).distinct()
    return others.order_by("display_name", "username")[:MOST_SUGGESTED]


def _filtered(columns, said):
    """{filter, shown_count, card_count}. Sets `is_filtered` on each card: whether the filter hides it."""
    wanted, today = filters.Filter.asked(said), timezone.localdate()
    cards = [(task, column) for column in columns for task in column.cards]
    for task, column in cards:
        task.is_filtered = not wanted.fits(task, column, today)
    shown = sum(not task.is_filtered for task, _ in cards)
    return {"filter": wanted, "shown_count": shown, "card_count": len(cards)}
