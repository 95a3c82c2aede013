"""The pages one looks at: the hub, a room, a task."""

from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from boards.policy import EDITORS

from .. import notices
from ..bundles import bundled
from ..context import sidebar_of
from .conversation import conversation_context
from .doors import found, signed_in

MENTIONS_SHOWN = 5


@signed_in
@require_safe
def hub(request):
    """Everything of mine that is talked about."""
    sidebar = sidebar_of(request)
    waiting = _mine(request).filter(read_at=None).exclude(kind=notices.Kind.DIRECT)
    context = {key: sidebar[key] for key in ("boards", "directs")}
    context["mentions"] = bundled(notices.told(waiting[:MENTIONS_SHOWN]))
    return render(request, "messaging/hub.html", context)


@signed_in
@require_safe
@cache_control(private=True, no_store=True)
def room(request, room_id):
    conversation = found(request, pk=room_id, task=None)
    return render(request, "messaging/room.html", conversation_context(request, conversation))


@signed_in
@require_safe
@cache_control(private=True, no_store=True)
def task(request, task_id):
    conversation = found(request, task=task_id)
    context = conversation_context(request, conversation)
    context |= {
        "task": conversation.task,
        "board": conversation.board,
        "may_edit": conversation.board_role in EDITORS,
        "assigned": [one["display_name"] for one in context["people"] if one["is_assigned"]],
    }
    return render(request, "messaging/task.html", context)


def _mine(request):
    return notices.of(request.user.pk)
