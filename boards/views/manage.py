"""The views that change a board itself: its name, its people, its labels."""

from django.contrib import messages
from django.utils.translation import gettext_lazy as _

from .. import actions, forms
from ..keeping import days_wished
from ..limits import limit_naming
from ..models import BoardMembership
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
    added = actions.add_board_member(by=request.user, board_id=board_id, user_id=user_id, role=role)
    if not wants_json(request):
        messages.success(request, _("%(name)s is on the board now.") % {"name": added.user.name})
    return added


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
