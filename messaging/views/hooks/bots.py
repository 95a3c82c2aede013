"""The bots of a board and the webhooks of the board itself, for its owners and admins."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boards.models import Board

from ... import actions, policy
from ...models import OutgoingHook
from ..doors import form, signed_in, way_back
from .outgoing import asked_of_hook, shown_with_secret


@signed_in
@require_safe
def of_board(request, board_id):
    board = Board.objects.visible_to(request.user).filter(pk=board_id).first()
    if board is None or not policy.may_make_bots(request.user, board):
        raise Http404("There is no such page.")
    context = {
        "board": board,
        "bots": board.bots.filter(user__is_active=True).select_related("user", "made_by"),
        "hooks": board.outgoing_hooks.filter(room=None).select_related("bot__user"),
        "events": OutgoingHook.Event.of(room=None),
    }
    return render(request, "messaging/hooks/bots.html", context)


@form
def make(request, board_id):
    told = {"name": request.POST.get("name", ""), "picture": request.FILES.get("picture")}
    actions.make_bot(by=request.user, board_id=board_id, **told)
    return request.path


@form
def change(request, bot_id):
    """Change the bot's name or picture or, if `do` is "remove", remove it."""
    if request.POST.get("do") == "remove":
        actions.remove_bot(by=request.user, bot_id=bot_id)
    else:
        told = {"name": request.POST.get("name", ""), "picture": request.FILES.get("picture")}
        actions.change_bot(by=request.user, bot_id=bot_id, **told)
    return way_back(request)


@form
def make_hook(request, board_id):
    return shown_with_secret(
        request, actions.make_board_hook(by=request.user, board_id=board_id, **asked_of_hook(request))
    )
