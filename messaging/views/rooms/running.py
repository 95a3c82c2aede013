"""Views that create and change rooms, and start direct conversations. Each calls one action and leads to the room."""

from boards.keeping import days_wished

from ... import actions
from ..asked import ids_in
from ..doors import form, way_back


@form
def open_direct(request):
    return actions.open_direct(by=request.user, people=ids_in(request.POST, "people")).url


@form
def create(request, board_id):
    room = actions.create_room(
        by=request.user,
        board_id=board_id,
        name=request.POST.get("name", ""),
        description=request.POST.get("description", ""),
        is_private=request.POST.get("private") == "1",
        people=ids_in(request.POST, "people"),
    )
    return room.url


@form
def rename(request, room_id):
    description = request.POST.get("description")
    name = request.POST.get("name", "")
    return actions.rename_room(
        by=request.user, conversation_id=room_id, name=name, description=description
    ).url


@form
def archive(request, room_id):
    return actions.archive_room(by=request.user, conversation_id=room_id).url


@form
def restore(request, room_id):
    return actions.restore_room(by=request.user, conversation_id=room_id).url


@form
def privacy(request, room_id):
    is_private = request.POST.get("private") == "1"
    room = actions.set_privacy(by=request.user, conversation_id=room_id, is_private=is_private)
    return way_back(request, room.url)


@form
def keep(request, room_id):
    days = days_wished(request.POST.get("days", ""))
    return actions.set_retention(by=request.user, conversation_id=room_id, days=days).url


@form
def hearing(request, room_id):
    hears = request.POST.get("hears") == "1"
    room = actions.hear_board(by=request.user, conversation_id=room_id, hears=hears)
    return way_back(request, room.url)


@form
def role(request, room_id, user_id):
    room = actions.set_role(
        by=request.user, conversation_id=room_id, user_id=user_id, role=request.POST.get("role", "")
    )
    return way_back(request, room.url)


@form
def remove_person(request, room_id, user_id):
    room = actions.remove_member(by=request.user, conversation_id=room_id, user_id=user_id)
    return way_back(request, room.url)


@form
def ban_person(request, room_id, user_id):
    room = actions.ban_member(by=request.user, conversation_id=room_id, user_id=user_id)
    return way_back(request, room.url)


@form
def lift_ban(request, room_id, user_id):
    room = actions.lift_ban(by=request.user, conversation_id=room_id, user_id=user_id)
    return way_back(request, room.url)


@form
def join(request, room_id):
    return actions.join_room(by=request.user, conversation_id=room_id).url


@form
def leave(request, room_id):
    actions.leave_room(by=request.user, conversation_id=room_id)
    return way_back(request) if request.POST.get("next") else "/messaging/"


@form
def clear(request, conversation_id):
    actions.clear_conversation(by=request.user, conversation_id=conversation_id)
    return way_back(request)
