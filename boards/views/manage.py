"""The views that change a board itself: its name, its people, its labels."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .. import actions, forms, policy
from ..keeping import days_wished
from ..limits import limit_naming
from ..models import Board, BoardMembership
from .doors import door, wants_json


@door
def create(request):
    return actions.create_board(by=request.user, name=request.POST.get("name", ""))


@door
def rename(request, board_id):
    return actions.rename_board(by=request.user, board_id=board_id, name=request.POST.get("name", ""))


@door
def keep(request, board_id):
    days = days_wished(request.POST.get("days", ""))
    return actions.set_retention(by=request.user, board_id=board_id, days=days)


@door
def add_person(request, board_id):
    limit_naming(request.user)
    role = request.POST.get("role", BoardMembership.Role.MEMBER)
    user_id = forms.person_named(request.POST)
    if user_id is None and not wants_json(request) and _may_invite(request.user, board_id):
        return _to_invite(request, board_id, role)
    added = actions.add_board_member(by=request.user, board_id=board_id, user_id=user_id, role=role)
    if not wants_json(request):
        messages.success(request, _("%(name)s is on the board now.") % {"name": added.user.name})
    return added


def _may_invite(user, board_id):
    board = Board.objects.visible_to(user).filter(pk=board_id).first()
    return board is not None and policy.may_invite(user, board)


def _to_invite(request, board_id, role):
    """Where somebody without an account is let in, with what was filled in here."""
    messages.error(request, _("Nobody here has that user name or e-mail address."))
    filled_in = {"note": request.POST.get("person", "")[:80], "role": role}
    return redirect(f"{reverse('boards:invite', args=[board_id])}?{urlencode(filled_in)}")


@door
def change_role(request, board_id, user_id):
    role = request.POST.get("role", "")
    return actions.change_board_role(by=request.user, board_id=board_id, user_id=user_id, role=role)


@door
def remove_person(request, board_id, user_id):
    return actions.remove_board_member(by=request.user, board_id=board_id, user_id=user_id)


@door
def create_label(request, board_id):
    return actions.create_label(by=request.user, board_id=board_id, **_label(request))


@door
def edit_label(request, label_id):
    return actions.edit_label(by=request.user, label_id=label_id, **_label(request))


@door
def remove_label(request, label_id):
    return actions.remove_label(by=request.user, label_id=label_id)


def _label(request):
    return {"name": request.POST.get("name", ""), "colour": request.POST.get("colour", "")}
