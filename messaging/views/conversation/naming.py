"""Suggestions while somebody types a message: people to mention, rooms and tasks to link, commands of webhooks."""

from django.db.models import Q
from django.http import JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ... import policy
from ...actions.saying.calling import members_of, present_in
from ...finding import found
from ...models import Conversation, OutgoingHook
from ...queries import places
from ..doors import looks_up, signed_in

MOST = 8


@looks_up
def people(request, conversation_id):
    """People whom one may name here, by a name that begins with `q`; and how many others @room and @here call."""
    conversation = found(request, conversation_id)
    members = members_of(conversation)
    begun = request.GET.get("q", "").strip()[:80]
    like = Q(username__istartswith=begun) | Q(display_name__istartswith=begun)
    like |= Q(display_name__icontains=f" {begun}")
    named = policy.nameable_by(request.user, conversation).filter(like).exclude(pk=request.user.pk)
    listed = [
        {"user_id": user.pk, "username": user.username, "display_name": user.name}
        for user in named.order_by("display_name", "username")[:MOST]
    ]
    me = {request.user.pk}
    here = members & present_in(conversation) if conversation.board_id else members
    return JsonResponse({"people": listed, "room": len(members - me), "here": len(here - me)})


@looks_up
def destinations(request):
    """Rooms and tasks whose name contains `q`; those that begin with it come first."""
    begun = request.GET.get("q", "").strip()[:80]
    named = Q(kind=Conversation.Kind.ROOM, name__icontains=begun, archived_at=None)
    named |= Q(kind=Conversation.Kind.TASK, task__title__icontains=begun, task__archived_at=None)
    seen = Conversation.objects.visible_to(request.user).filter(named).select_related("task", "board")
    listed = [_destination(one) for one in seen.order_by("-last_seq", "pk")[: 5 * MOST]]
    listed.sort(key=lambda one: not one["name"].lower().startswith(begun.lower()))
    return JsonResponse({"destinations": listed[:MOST]})


@signed_in
@require_safe
@cache_control(private=True, no_store=True)
def commands(request, conversation_id):
    """The slash commands that webhooks hear in this conversation, each with the name of the bot that answers."""
    room = found(request, conversation_id)
    hooks = OutgoingHook.objects.filter(board=room.board_id, is_on=True, word__startswith="/")
    heard = [hook for hook in hooks.select_related("bot__user") if _hears(hook, room)]
    told = {hook.word.lower(): {"word": hook.word, "name": hook.bot.name} for hook in heard}
    return JsonResponse({"commands": [told[word] for word in sorted(told)]})


def _hears(hook, room):
    is_told = OutgoingHook.Event.CHAT_MESSAGE in hook.events
    return is_told and room.kind == Conversation.Kind.ROOM and policy.is_heard_by(hook, room)


def _destination(conversation):
    name = places.name_for(conversation, ())
    return {
        "kind": conversation.kind,
        "name": name,
        "board": conversation.board.name,
        "url": conversation.url,
    }
