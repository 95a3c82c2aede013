"""Uploads and downloads. A file is only ever reached through the policy of its conversation."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ..actions import keep_upload
from ..actions.attaching import LARGEST
from ..models import Attachment, Conversation
from ..pictures import TYPES
from ..said import attached
from .doors import form, refusal, signed_in

LARGEST_BODY = LARGEST + 64 * 1024  # bytes of a multipart body with a file in it


@form
def upload(request, conversation_id):
    """The form's `file`, to be posted with a message by its id."""
    if int(request.headers.get("Content-Length") or 0) > LARGEST_BODY:
        return refusal(f"A file may have at most {LARGEST // 1024 // 1024} MB.", 413)
    file = request.FILES.get("file")
    if file is None:
        return refusal("There is no file in this form.", 400)
    kept = keep_upload(conversation_id=conversation_id, by=request.user, name=file.name, chunks=file.chunks())
    return JsonResponse(attached(kept), status=201)


@signed_in
@require_safe
@cache_control(private=True, no_store=True)
def download(request, key):
    """The file, shown in place only when it is a picture, and never able to run anything."""
    file = _reachable(request, key)
    is_picture = file.content_type in TYPES.values()
    try:
        stored = default_storage.open(file.path)
    except FileNotFoundError as error:
        raise Http404("There is no such file.") from error
    response = FileResponse(
        stored, as_attachment=not is_picture, filename=file.name, content_type=file.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


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
