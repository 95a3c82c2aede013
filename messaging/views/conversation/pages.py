"""The pages of a room and of a task."""

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from boards.policy import EDITORS

from ...context import notices_for
from ...finding import found_of_task, found_room
from ...models import Message
from ...queries.places import name_for_all
from ...queries.snapshots import address
from ..doors import signed_in
from .context import conversation_context


@signed_in
@require_safe
@cache_control(private=True, no_store=True)
def room(request, room_id):
    conversation = found_room(request, room_id)
    return render(request, "messaging/conversation/room.html", conversation_context(request, conversation))


@signed_in
@require_safe
@cache_control(private=True, no_store=True)
def task(request, task_id):
    conversation = found_of_task(request, task_id)
    context = conversation_context(request, conversation)
    context |= {
        "task": conversation.task,
        "board": conversation.board,
        "may_edit": conversation.board_role in EDITORS,
        "assigned": [one["display_name"] for one in context["people"] if one["is_assigned"]],
        "made_of": _made_of(conversation.task, request.user),
        "notices": notices_for(request),  # `messages` are those of the conversation
    }
    return render(request, "messaging/conversation/task.html", context)


def _made_of(task, user):
    """{address, author, place, excerpt} of the message the card was made from; None if the user may not read it."""
    message = Message.objects.readable_by(user).filter(card=task).select_related("conversation").first()
    return message and {
        "address": address(message),
        "author": message.author_name,
        "place": _place(message.conversation),
        "excerpt": message.excerpt(),
    }


def _place(conversation):
    return (
        _("a direct conversation")
        if conversation.kind == conversation.Kind.DIRECT
        else name_for_all(conversation)
    )
