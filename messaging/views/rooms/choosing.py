"""Pages on which one chooses: a room to open or create, people to talk to, people to add to a room."""

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from boards.models import Board
from boards.policy import MANAGERS

from ... import policy
from ...finding import found_room
from ...models import Conversation, Invitation, Membership, Message
from ..asked import ids_in
from ..doors import signed_in

PEOPLE_LISTED = 50  # others are found by searching
INVITATIONS_LISTED = 50
SHOWN = (Invitation.State.PENDING, Invitation.State.DECLINED)


@signed_in
@require_safe
def rooms(request, board_id):
    """The rooms of a board that the user may read, whether a member or not, and the form for a new one."""
    board = get_object_or_404(Board.objects.visible_to(request.user), pk=board_id)
    mine = Membership.objects.filter(conversation=OuterRef("pk"), user=request.user)
    readable = Conversation.objects.visible_to(request.user).filter(board=board, kind=Conversation.Kind.ROOM)
    latest = Message.objects.filter(conversation=OuterRef("pk"), seq=OuterRef("last_seq"))
    listed = readable.annotate(
        is_mine=Exists(mine),
        people_count=Count("memberships"),
        latest_at=Subquery(latest.values("created_at")),
    ).order_by("name", "pk")
    context = {
        "board": board,
        "rooms": [room for room in listed if not room.archived_at],
        "archived": [room for room in listed if room.archived_at],
        "may_create": policy.may_create_room(request.user, board),
        "people": board.people.filter(is_active=True).exclude(pk=request.user.pk)[:PEOPLE_LISTED],
    }
    return render(request, "messaging/rooms/rooms.html", context)


@signed_in
@require_safe
def people(request):
    """The people with whom the user can start a direct conversation."""
    wanted = request.GET.get("q", "").strip()
    known = policy.acquaintances(request.user).order_by("display_name", "username")
    if wanted:
        known = known.filter(Q(display_name__icontains=wanted) | Q(username__icontains=wanted))
    listed = list(known[: PEOPLE_LISTED + 1])
    context = {
        "people": listed[:PEOPLE_LISTED],
        "are_more": len(listed) > PEOPLE_LISTED,
        "wanted": wanted,
        "chosen": set(ids_in(request.GET, "with")),  # the people of the conversation that one comes from
    }
    return render(request, "messaging/people/people.html", context)


@signed_in
@require_safe
def members(request, room_id):
    """Who is in a room, and who of the board can be added."""
    room = found_room(request, room_id)
    if room.kind != Conversation.Kind.ROOM or policy.MANAGE not in policy.abilities_as_found(room):
        raise Http404("There is no such page.")
    memberships = room.memberships.select_related("user").order_by("user__display_name", "user__username")
    inside = [membership.user for membership in memberships]
    elsewhere = Q(pk__in=[user.pk for user in inside]) | Q(pk__in=room.bans.values("user"))
    outside = room.board.people.filter(is_active=True).exclude(elsewhere)
    roles = dict(room.board.memberships.values_list("user_id", "role"))
    bans = room.bans.select_related("user")
    asked = room.invitations.filter(state__in=SHOWN).select_related("user", "invited_by")
    context = {
        "room": room,
        "memberships": memberships,
        "invitations": asked.exclude(user__in=[user.pk for user in inside])[:INVITATIONS_LISTED],
        "on_board": set(roles),
        "run_the_board": {user_id for user_id, role in roles.items() if role in MANAGERS},
        "bans": bans,
        "outside": outside.order_by("display_name", "username"),
    }
    return render(request, "messaging/people/members.html", context)
