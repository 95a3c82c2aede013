"""Exports: asking for one, and downloading it once it is ready."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.policy import may_look_after_people

from ... import actions, policy
from ...actions.past.exporting import KEPT
from ...models import Export
from ...queries import exports
from ..doors import form, signed_in

What = Export.What


@signed_in
@require_safe
@cache_control(private=True, no_store=True)
def listed(request):
    context = {
        "rows": exports.listed(request.user),
        "days": KEPT.days,
        "may_take_everything": may_look_after_people(request.user),
    }
    return render(request, "messaging/own/exports.html", context)


@form
def ask(request):
    actions.ask_export(by=request.user, what=What.MINE)
    return exports.PAGE


@form
def ask_everything(request):
    actions.ask_export(by=request.user, what=What.EVERYTHING)
    return exports.PAGE


@form
def ask_room(request, room_id):
    actions.ask_export(by=request.user, what=What.ROOM, conversation_id=room_id)
    return exports.PAGE


@form
def discard(request, key):
    actions.discard_export(by=request.user, key=key)
    return exports.PAGE


@signed_in
@require_safe
@cache_control(private=True, no_store=True)
def download(request, key):
    """Only for the person who asked for it, and only while they still may."""
    ready = Export.objects.filter(key=key, user=request.user, ready_at__isnull=False, ended_at=None)
    export = ready.select_related("conversation").first()
    if export is None or not policy.may_export(request.user, export):
        raise Http404("There is no such export.")
    try:
        content = default_storage.open(export.path)
    except FileNotFoundError as error:
        raise Http404("There is no such export.") from error
    name = exports.file_name(export)
    response = FileResponse(content, as_attachment=True, filename=name, content_type="application/zip")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
