"""Downloads. A file is only ever reached through the policy of its conversation."""

from contextlib import suppress

from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef
from django.http import FileResponse, Http404
from django.views.decorators.cache import cache_control

from .models import Attachment, Conversation
from .pictures import TYPES, small


@cache_control(private=True, no_store=True)
def download_of(request, key):
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
    """(content, content type), or None without one: older backups lack the smaller pictures that they name."""
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
    """The file, or Http404. Its uploader alone may have it until it is posted, then whoever may read its message."""
    where = Exists(Conversation.objects.visible_to(request.user).filter(pk=OuterRef("conversation")))
    files = Attachment.objects.select_related("message", "conversation")
    file = files.filter(where, key=key).first()
    if file is None or not _may_fetch(request.user, file):
        raise Http404("There is no such file.")
    return file


def _may_fetch(user, file):
    if file.message is None:
        return file.uploader_id == user.pk
    return file.message.deleted_at is None and file.message.seq > file.conversation.cleared_seq
