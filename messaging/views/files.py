"""Uploads and downloads. A file is only ever reached through the policy of its conversation."""

from contextlib import suppress

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ..actions import keep_upload
from ..actions.attaching import LARGEST
from ..files import files_of
from ..models import Attachment, Conversation
from ..pictures import TYPES, small
from ..places import name_for_all
from ..said import attached
from .asked import uuid_in, whole_number
from .doors import form, found, refusal, signed_in, wants_json

LARGEST_BODY = LARGEST + 64 * 1024  # bytes of a multipart body with a file in it


@form
def upload(request, conversation_id):
    """The form's `file`, to be posted with a message by its id; under its `key`, if it has one, it is kept once."""
    if int(request.headers.get("Content-Length") or 0) > LARGEST_BODY:
        return refusal(_("A file may have at most %(most)d MB.") % {"most": LARGEST // 1024 // 1024}, 413)
    file = request.FILES.get("file")
    if file is None:
        return refusal(_("There is no file in this form."), 400)
    key = uuid_in(request.POST, "key")
    kept = keep_upload(
        conversation_id=conversation_id, by=request.user, name=file.name, chunks=file.chunks(), key=key
    )
    return JsonResponse(attached(kept), status=201)


@signed_in
@require_safe
@cache_control(private=True, no_store=True)
def listed(request, conversation_id):
    """The latest files, or those `before` or `after` one; `pictures=1` for pictures alone."""
    conversation = found(request, conversation_id)
    asked = {side: one for side in ("before", "after") if (one := whole_number(request.GET.get(side)))}
    page = files_of(conversation, **asked, pictures=request.GET.get("pictures") == "1")
    if wants_json(request):
        return JsonResponse(page.told)
    context = {"conversation": conversation, "page": page, "files": page.told["files"][::-1]}
    return render(request, "messaging/files.html", context | {"name": name_for_all(conversation)})


@signed_in
@require_safe
@cache_control(private=True, no_store=True)
def download(request, key):
    """The file, shown in place only when it is a picture, and never able to run anything.

    With `size=small` the smaller picture of a picture, if there is one.
    """
    file = _reachable(request, key)
    content, content_type = (request.GET.get("size") == "small" and _smaller(file)) or _whole(file)
    is_picture = file.content_type in TYPES.values()
    response = FileResponse(
        content,
        as_attachment=not is_picture or "download" in request.GET,
        filename=file.name,
        content_type=content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _smaller(file):
    """(content, content type), or None without one: older backups do not hold those they tell of."""
    if file.thumbnail_at is None:
        return None
    with suppress(FileNotFoundError):
        return default_storage.open(file.small_path), small.CONTENT_TYPE


def _whole(file):
    try:
        return default_storage.open(file.path), file.content_type
    except FileNotFoundError as error:
        raise Http404("There is no such file.") from error


def _reachable(request, key):
    """Its uploader's until it is posted; then everybody's who may read the message, for as long as it stands."""
    file = Attachment.objects.select_related("message", "conversation").filter(key=key).first()
    if file is None or not _may_fetch(request.user, file):
        raise Http404("There is no such file.")
    return file


def _may_fetch(user, file):
    if not Conversation.objects.visible_to(user).filter(pk=file.conversation_id).exists():
        return False
    if file.message is None:
        return file.uploader_id == user.pk
    return file.message.deleted_at is None and file.message.seq > file.conversation.cleared_seq
