"""Views that add or invite people to a room, and that take the answers."""

from django.contrib import messages
from django.utils.translation import gettext_lazy as _

from boards.forms import person_named
from boards.limits import limit_naming

from ... import actions, policy
from ..asked import ids_in
from ..doors import form, wants_json, way_back

# The same whether or not there is such a person: nobody learns here who has an account.
ASKED = _("If that is somebody here who is not in the room yet, they have been asked.")


@form
def add(request, room_id):
    """Add somebody of the board at once, by `user`, an id; invite anybody else, by `person`, a user name or address.

    Ids are easily counted up, and the room's page names whom it asked: so nobody is invited by an id, and by names only
    so many are, as on boards.
    """
    user_id = next(iter(ids_in(request.POST, "user")), 0)
    if user_id and policy.is_on_board_of(room_id, user_id):
        room = actions.add_member(by=request.user, conversation_id=room_id, user_id=user_id)
        return way_back(request, room.url)
    limit_naming(request.user)
    asked = person_named(request.POST) or 0
    room = actions.invite(by=request.user, conversation_id=room_id, user_id=asked)
    if not wants_json(request):
        messages.success(request, ASKED)
    return way_back(request, room.url)


@form
def accept(request, invitation_id):
    return actions.accept_invitation(by=request.user, invitation_id=invitation_id).url


@form
def decline(request, invitation_id):
    actions.decline_invitation(by=request.user, invitation_id=invitation_id)
    return way_back(request)


@form
def withdraw(request, invitation_id):
    room = actions.withdraw_invitation(by=request.user, invitation_id=invitation_id)
    return way_back(request, room.url)
