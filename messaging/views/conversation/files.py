"""Uploads, downloads, and the list of a conversation's files."""

from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ...actions import keep_upload
from ...actions.files.attaching import LARGEST
from ...downloads import download_of
from ...finding import found
from ...queries.files import files_of
from ...queries.places import name_for_all
from ...queries.snapshots import attached
from ..asked import uuid_in, whole_number
from ..doors import form, refusal, signed_in, wants_json

LARGEST_BODY = LARGEST + 64 * 1024  # bytes of a multipart body with a file in it


@form
def upload(request, conversation_id):
    """Store the form's `file`, to be posted with a message by its id. A retry with the same `key` stores it once."""
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
    """The latest files, or those `before` or `after` the id of one; with `pictures=1` only pictures."""
    conversation = found(request, conversation_id)
    asked = {side: one for side in ("before", "after") if (one := whole_number(request.GET.get(side)))}
    page = files_of(conversation, **asked, pictures=request.GET.get("pictures") == "1")
    if wants_json(request):
        return JsonResponse(page.told)
    context = {"conversation": conversation, "page": page, "files": page.told["files"][::-1]}
    return render(
        request, "messaging/conversation/files.html", context | {"name": name_for_all(conversation)}
    )


@signed_in
@require_safe
def download(request, key):
    return download_of(request, key)
