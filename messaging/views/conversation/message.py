"""Pages about one message: its earlier versions and forwarding it; and the pinned messages of a conversation."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from live.rate import limit_rate

from ... import actions, frames, policy
from ...finding import found, readable_message
from ...models import Conversation
from ...queries import places
from ...queries.pins import pinned_in
from ...queries.snapshots import address
from ...text.differences import differences
from ..asked import id_in, ids_in, said_in, uuid_in
from ..doors import form, signed_in, wants_json

MOST_VERSIONS = 20  # shown, the latest first


@signed_in
@require_safe
@cache_control(private=True, no_store=True)
def versions(request, message_id):
    """The versions of a message, latest first, each with its time and its differences from the one before."""
    message = readable_message(request, message_id)
    kept = list(message.versions.order_by("-pk")[: MOST_VERSIONS + 1])
    wordings = [(message.body, message.edited_at or message.created_at)]
    wordings += [(version.body, version.written_at) for version in kept]
    steps = zip(wordings, wordings[1:], strict=False)
    shown = [{"at": at, "changes": differences(before, body)} for (body, at), (before, _at) in steps]
    first = None if len(kept) > MOST_VERSIONS else wordings[-1]
    context = {
        "message": message,
        "shown": shown[:MOST_VERSIONS],
        "first": first,
        "address": address(message),
    }
    return render(request, "messaging/message/versions.html", context)


@signed_in
@require_safe
@cache_control(private=True, no_store=True)
def pins(request, conversation_id):
    conversation = found(request, conversation_id)
    messages = pinned_in(conversation).select_related("author", "pin", "conversation")
    may_post = policy.POST in policy.abilities_as_found(conversation)
    rows = [{"message": one, "url": address(one)} for one in messages]
    context = {"conversation": conversation, "rows": rows, "may_post": may_post}
    return render(
        request, "messaging/conversation/pins.html", context | {"name": places.name_for_all(conversation)}
    )


@form
def pin(request, conversation_id):
    """Pin or unpin by a form, for pages without JavaScript: {message_id, on}."""
    on = request.POST.get("on") != "0"
    actions.pin(
        conversation_id=conversation_id, message_id=id_in(request.POST, "message_id"), by=request.user, on=on
    )
    return request.path


@signed_in
@require_safe
@cache_control(private=True, no_store=True)
def forwarding(request, message_id):
    """The page on which one chooses where to forward a message."""
    message = readable_message(request, message_id)
    mine = places.mine(request.user).values("pk")
    reachable = policy.with_roles(Conversation.objects.visible_to(request.user), request.user)
    able = [one.pk for one in reachable.filter(pk__in=mine) if policy.POST in policy.abilities_as_found(one)]
    listed = sorted(
        places.places_of(request.user, able), key=lambda place: (place["kind"] == "task", place["name"])
    )
    context = {"message": message, "places": listed, "address": address(message)}
    return render(request, "messaging/message/forward.html", context)


@form
def forward(request, message_id):
    """Forward a message to all `conversations` of a form, or to one by JSON {conversation_id, comment?, client_id?}."""
    if wants_json(request):
        asked = said_in(request)
        message = actions.forward_message(
            by=request.user,
            message_id=message_id,
            conversation_id=id_in(asked, "conversation_id"),
            comment=asked.get("comment") or "",
            client_id=uuid_in(asked, "client_id"),
        )
        return JsonResponse(frames.ack(message), status=201)
    chosen = dict.fromkeys(ids_in(request.POST, "conversations"))
    if not chosen:
        raise ValidationError(_("Please choose where it should go."))
    for _another in [*chosen][1:]:
        limit_rate(request.user)  # each is a post; the first was counted with the form
    for conversation_id in chosen:
        comment = request.POST.get("comment", "").strip()
        what = {"by": request.user, "message_id": message_id, "comment": comment, "client_id": uuid4()}
        message = actions.forward_message(conversation_id=conversation_id, **what)
    return address(message)
