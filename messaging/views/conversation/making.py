"""Making a card from a message: the page on which one chooses its column, and its form."""

from itertools import groupby

from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from boards import frames as board_frames
from boards.models import Column
from boards.policy import EDITORS

from ... import actions
from ...finding import readable_message
from ...queries.snapshots import address
from ...text.plain import first_line
from ..asked import id_in
from ..doors import form, signed_in, wants_json

LONGEST_TITLE = 200  # characters, of a card


@signed_in
@require_safe
@cache_control(private=True, no_store=True)
def choosing(request, message_id):
    message = readable_message(request, message_id)
    boards = _boards_of(request.user)
    context = {
        "message": message,
        "title": first_line(message.body, message.html, LONGEST_TITLE),
        "boards": boards,
        "chosen": _likeliest(boards, message.conversation.board_id),
        "address": address(message),
    }
    return render(request, "messaging/message/make_card.html", context)


@form
def make(request, message_id):
    message = readable_message(request, message_id)
    card = actions.make_card(
        by=request.user,
        conversation_id=message.conversation_id,
        message_id=message.pk,
        column_id=id_in(request.POST, "column"),
        title=request.POST.get("title", ""),
        for_me=request.POST.get("for_me") == "1",
    )
    if wants_json(request):
        return JsonResponse({"card": board_frames.card(card)}, status=201)
    return address(message)


def _boards_of(user):
    """[(board, [its columns])] of the boards on which the user may create cards."""
    may = {"board__memberships__user": user, "board__memberships__role__in": EDITORS}
    columns = Column.objects.shown().filter(**may).select_related("board")
    columns = columns.order_by("board__name", "board_id", "rank")
    return [(board, list(theirs)) for board, theirs in groupby(columns, lambda column: column.board)]


def _likeliest(boards, board_id):
    """The id of the first column that is not for done cards, on the conversation's board or else the first board."""
    columns = next(
        (theirs for board, theirs in boards if board.pk == board_id), boards[0][1] if boards else []
    )
    return next((column.pk for column in columns if not column.is_done), None)
