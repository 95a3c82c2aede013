"""The messages of a conversation as JSON, and the door for posting without a socket."""

import json
import uuid

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.views.decorators.cache import cache_control

from .. import frames
from ..actions import post_message
from ..timeline import LARGEST, PAGE, page_of
from .conversation import asked_place
from .doors import form, found, signed_in, wants_json


@signed_in
@cache_control(private=True, no_store=True)
def history(request, conversation_id):
    """One page. Its `revision` was read before the messages, so nothing newer is missed by counting on from it."""
    conversation = found(request, pk=conversation_id)
    place = asked_place(request, conversation)
    page = page_of(conversation, **place, limit=_limit(request))
    numbers = {
        "revision": conversation.revision,
        "epoch": str(conversation.epoch),
        "around": place.get("around"),
    }
    return JsonResponse({"messages": page.messages, **page.edges, **numbers})


@form
def post(request, conversation_id):
    """From a form, or JSON {message, client_id?, reply_to?, attachments?}; a script gets the acknowledgement."""
    asked = _json(request) if request.content_type == "application/json" else request.POST
    message = post_message(
        conversation_id=conversation_id,
        author=request.user,
        body=asked.get("message", ""),
        client_id=_client_id(asked.get("client_id")),
        reply_to=_id(asked.get("reply_to")),
        attachments=[_id(id) for id in _list(asked, "attachments")],
    )
    if wants_json(request):
        return JsonResponse(frames.ack(message), status=201)
    return f"{message.conversation.url}#message-{message.pk}"


def _limit(request):
    limit = request.GET.get("limit", "")
    return min(max(int(limit), 1), LARGEST) if limit.isdecimal() and len(limit) < 6 else PAGE


def _json(request):
    try:
        asked = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise ValidationError("This is not JSON.") from error
    if not isinstance(asked, dict):
        raise ValidationError("Send an object.")
    return asked


def _client_id(text):
    try:
        return uuid.UUID(text) if text else None
    except (ValueError, TypeError, AttributeError) as error:
        raise ValidationError("client_id is a UUID.") from error


def _id(value):
    if value in (None, ""):
        return None
    if isinstance(value, bool) or not str(value).isdecimal() or len(str(value)) > 18:
        raise ValidationError("Ids are whole numbers.")
    return int(value)


def _list(asked, name):
    values = asked.getlist(name) if hasattr(asked, "getlist") else asked.get(name, [])
    if not isinstance(values, list):
        raise ValidationError(f"{name} is a list.")
    return values
