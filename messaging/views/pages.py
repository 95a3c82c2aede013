"""The pages one looks at: a room, a task."""

from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from boards.policy import EDITORS

from .conversation import conversation_context
from .doors import found_of_task, found_room, signed_in


@signed_in
@require_safe
@cache_control(private=True, no_store=True)
def room(request, room_id):
    conversation = found_room(request, room_id)
    return render(request, "messaging/room.html", conversation_context(request, conversation))


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
    }
    return render(request, "messaging/task.html", context)
