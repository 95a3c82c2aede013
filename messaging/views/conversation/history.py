"""The messages of a conversation as JSON, and posting without a WebSocket."""

import orjson
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control

from ... import frames
from ...actions import post_message
from ...finding import found
from ...queries.timeline import LARGEST, PAGE, page_of
from ..asked import all_ids_in, id_if_any, said_in, uuid_in
from ..doors import form, signed_in, wants_json
from .context import asked_place


@signed_in
@cache_control(private=True, no_store=True)
def history(request, conversation_id):
    """One page. Its `revision` was read before the messages, so nothing is missed by following on from it."""
    conversation = found(request, conversation_id)
    place = asked_place(request, conversation)
    page = page_of(conversation, **place, limit=_limit(request))
    numbers = {
        "revision": conversation.revision,
        "epoch": str(conversation.epoch),
        "around": place.get("around"),
    }
    told = orjson.dumps({"messages": page.messages, **page.edges, **numbers})
    return HttpResponse(told, content_type="application/json")


@form
def post(request, conversation_id):
    """Takes a form or JSON {message, client_id?, reply_to?, attachments?}; a script gets the acknowledgement."""
    asked = said_in(request)
    message = post_message(
        conversation_id=conversation_id,
        author=request.user,
        body=asked.get("message", ""),
        client_id=uuid_in(asked, "client_id"),
        reply_to=id_if_any(asked, "reply_to"),
        attachments=all_ids_in(asked, "attachments"),
    )
    if wants_json(request):
        return JsonResponse(frames.ack(message), status=201)
    return f"{message.conversation.url}#message-{message.pk}"


def _limit(request):
    limit = request.GET.get("limit", "")
    return min(max(int(limit), 1), LARGEST) if limit.isdecimal() and len(limit) < 6 else PAGE
