"""The webhooks of a room, for its moderators."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ... import actions, policy
from ...finding import found_room
from ...models import Bot, Conversation, OutgoingHook
from ..asked import id_in
from ..doors import form, signed_in, way_back
from .outgoing import asked_of_hook, shown_with_secret


@signed_in
@require_safe
def of_room(request, room_id):
    room = found_room(request, room_id)
    if room.kind != Conversation.Kind.ROOM or policy.MANAGE not in policy.abilities_as_found(room):
        raise Http404("There is no such page.")
    context = {
        "room": room,
        "bots": Bot.objects.filter(board=room.board_id, user__is_active=True).select_related("user"),
        "incoming": room.incoming_hooks.select_related("bot__user", "made_by"),
        "hooks": room.outgoing_hooks.select_related("bot__user"),
        "events": OutgoingHook.Event.of(room=room),
        "may_make_bots": policy.may_make_bots(request.user, room.board),
    }
    return render(request, "messaging/hooks/webhooks.html", context)


@form
def make(request, room_id):
    """Make an incoming webhook, or an outgoing one if the form has a `url`."""
    if "url" in request.POST:
        asked = asked_of_hook(request)
        return shown_with_secret(
            request, actions.make_room_hook(by=request.user, conversation_id=room_id, **asked)
        )
    bot_id = id_in(request.POST, "bot")
    return _shown(
        request, *actions.make_incoming_hook(by=request.user, conversation_id=room_id, bot_id=bot_id)
    )


@form
def change_incoming(request, hook_id):
    """Renew the webhook's secret or, if `do` is "remove", remove it."""
    if request.POST.get("do") == "remove":
        actions.remove_incoming_hook(by=request.user, hook_id=hook_id)
        return way_back(request)
    return _shown(request, *actions.renew_incoming_hook(by=request.user, hook_id=hook_id))


def _shown(request, hook, secret):
    """The only page that shows the webhook's URL, which contains its secret."""
    address = request.build_absolute_uri(reverse("messaging:say_by_hook", args=[secret]))
    return render(
        request, "messaging/hooks/webhook_made.html", {"room": hook.room, "bot": hook.bot, "address": address}
    )
