"""Saved messages with their reminders, and scheduled messages."""

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ... import actions, inbox_frames
from ...queries import kept
from ..asked import id_if_any, id_in, moment_in, said_in, uuid_in
from ..doors import form, signed_in, wants_json


@signed_in
@require_safe
@cache_control(private=True, no_store=True)
def saved(request):
    done = "done" in request.GET
    context = {"rows": kept.saved_rows(request.user.pk, done=done), "done": done}
    return render(request, "messaging/own/saved.html", context)


@form
def save(request):
    """{message_id, remind_at?} saves a message; with `done`, or `saved` false, it is done with."""
    asked = said_in(request)
    message_id = id_in(asked, "message_id")
    if asked.get("done") or asked.get("saved") is False:
        one = actions.finish_saved(by=request.user, message_id=message_id)
    else:
        one = actions.save_message(
            by=request.user, message_id=message_id, remind_at=moment_in(asked, "remind_at")
        )
    if wants_json(request):
        return JsonResponse(inbox_frames.saved_changed(kept.told_saved(one)) if one else {})
    return request.path


@signed_in
@require_safe
@cache_control(private=True, no_store=True)
def scheduled(request):
    return render(request, "messaging/own/scheduled.html", {"rows": kept.scheduled_rows(request.user)})


@form
def schedule(request, conversation_id):
    """Takes {message, send_at, reply_to?, client_id?}."""
    asked = said_in(request)
    send_at = moment_in(asked, "send_at")
    if send_at is None:
        raise ValidationError(_("Please say when."))
    one = actions.schedule_message(
        conversation_id=conversation_id,
        by=request.user,
        body=asked.get("message", ""),
        send_at=send_at,
        reply_to=id_if_any(asked, "reply_to"),
        client_id=uuid_in(asked, "client_id"),
    )
    return _answer(request, one)


@form
def reschedule(request, scheduled_id):
    """Change `message` or `send_at`; or, if `do` is "send" or "cancel", post it now or never."""
    asked = said_in(request)
    which = {"by": request.user, "scheduled_id": scheduled_id}
    match asked.get("do"):
        case "send":
            one = actions.send_now(**which)
        case "cancel":
            one = actions.cancel_scheduled(**which)
        case _:
            words = {"body": asked.get("message"), "send_at": moment_in(asked, "send_at")}
            one = actions.reschedule_message(**which, **words)
    return _answer(request, one)


def _answer(request, one):
    if wants_json(request):
        return JsonResponse(inbox_frames.scheduled_changed(kept.told_scheduled(one)))
    return "/messaging/scheduled/"
