"""The page on which administrators make invite links that lead onto a board."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.role_names import ROLES
from accounts.views.inviting import shown_once

from .. import actions, policy
from ..forms import BoardInviteForm
from ..models import Board
from .doors import unhurried


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@unhurried
def invite(request, board_id):
    """The form, or the link that was made, which is only shown in the answer to the form."""
    board = get_object_or_404(Board.objects.visible_to(request.user), pk=board_id)
    if not policy.may_invite(request.user, board):
        raise PermissionDenied(_("Only administrators who run the board invite people to it."))
    roles = policy.roles_to_give(policy.role_of(request.user, board))
    form = BoardInviteForm(request.POST or None, roles, begun=request.GET.dict())
    context = {"board": board, "form": form}
    if form.is_valid():
        link = actions.invite_to_board(by=request.user, board_id=board.pk, **form.cleaned_data)
        context["made"] = shown_once(request, *link)
        context["role"] = ROLES[form.cleaned_data["role"]]
    return render(request, "boards/invite.html", context)
