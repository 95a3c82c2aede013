"""The pages one looks at: the hub, a room, a task, notifications."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from boards.models import Task

from .. import notices
from ..actions import mark_notifications_read
from ..context import sidebar_of
from ..models import Notification
from .conversation import conversation_context
from .doors import form, found, signed_in

NOTIFICATIONS_SHOWN = 100
MENTIONS_SHOWN = 5


@signed_in
@require_safe
def hub(request):
    """Everything of mine that is talked about."""
    sidebar = sidebar_of(request)
    mentions = _mine(request).filter(read_at=None)[:MENTIONS_SHOWN]
    context = {key: sidebar[key] for key in ("boards", "directs")}
    return render(request, "messaging/hub.html", {**context, "mentions": notices.told(mentions)})


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
    visible = Task.objects.visible_to(request.user).select_related("board", "column")
    task = visible.prefetch_related("assignees", "labels").filter(pk=task_id).first()
    if task is None:
        raise Http404("There is no such task.")
    conversation = found(request, task=task)
    context = {
        "task": task,
        "board": task.board,
        "columns": task.board.columns.shown(),
        "board_people": task.board.people.order_by("display_name", "username"),
    }
    return render(request, "messaging/task.html", {**context, **conversation_context(request, conversation)})


@require_http_methods(["GET", "HEAD", "POST"])
def notifications(request):
    return read_notifications(request) if request.method == "POST" else list_notifications(request)


@signed_in
@cache_control(private=True, no_store=True)
def list_notifications(request):
    latest = _mine(request)[:NOTIFICATIONS_SHOWN]
    return render(request, "messaging/notifications.html", {"notifications": notices.told(latest)})


@form
def read_notifications(request):
    """Those whose ids are in the form, or all."""
    ids = [int(id) for id in request.POST.getlist("ids") if id.isdecimal()]
    mark_notifications_read(by=request.user, ids=None if request.POST.get("all") else ids)
    return request.path


def _mine(request):
    return Notification.objects.filter(user=request.user)
