"""Taking in files, and sweeping away those that nobody can reach any more."""

import tempfile
import unicodedata
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import F, Q, Sum
from django.utils import timezone

from .. import policy
from ..models import Attachment, Conversation
from ..pictures import ANYTHING_ELSE, picture_in

LARGEST = 10 * 1024 * 1024  # bytes
MOST_IN_A_DAY = 1024 * 1024 * 1024  # bytes of one person
MOST_WAITING = 50  # uploads of one person that are in no message yet
ORPHANED_AFTER = timedelta(days=1)
MOST_AT_ONCE = 500


def keep_upload(*, conversation_id, by, name, chunks):
    """An upload of this person's, waiting to be posted. `chunks` are bytes, counted as they come."""
    conversation = Conversation.objects.filter(pk=conversation_id).first()
    if conversation is None or not policy.may_post(by, conversation):
        raise PermissionDenied("You may not post files here.")
    room_left = _room_left(by)
    with tempfile.TemporaryFile() as file:
        size = _copy(chunks, file, room_left)
        upload = Attachment(conversation=conversation, uploader=by, name=_clean_name(name))
        _store(upload, file, size)
    upload.save()
    return upload


def _room_left(by):
    """Bytes that this person may still send in today; ValidationError when too much waits already."""
    sent = Attachment.objects.filter(uploader=by)
    if sent.filter(message=None).count() >= MOST_WAITING:
        raise ValidationError("Too many files wait to be posted: post or discard some first.")
    today = sent.filter(created_at__gt=timezone.now() - timedelta(days=1))
    return MOST_IN_A_DAY - (today.aggregate(sum=Sum("size"))["sum"] or 0)


def _store(upload, file, size):
    """A picture without its notes, anything else as it came."""
    picture = picture_in(file)
    if picture is None:
        upload.content_type, upload.size = ANYTHING_ELSE, size
        default_storage.save(upload.path, File(file))
    else:
        upload.content_type, upload.size = picture.content_type, len(picture.content)
        default_storage.save(upload.path, ContentFile(picture.content))


def purge_uploads():
    """Sweep away uploads that were never posted, and files whose messages are gone. Returns how many."""
    never_posted = Q(message=None, created_at__lt=timezone.now() - ORPHANED_AFTER)
    cleared = Q(message__seq__lte=F("message__conversation__cleared_seq"))
    gone = Attachment.objects.filter(never_posted | Q(message__deleted_at__isnull=False) | cleared)
    return sum(_purge(upload) for upload in list(gone[:MOST_AT_ONCE]))


def _purge(upload):
    default_storage.delete(
        upload.path
    )  # the file first: a row without a file is found again, not the reverse
    return Attachment.objects.filter(pk=upload.pk).delete()[0]


def _copy(chunks, file, room_left):
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > LARGEST:
            raise ValidationError(f"A file may have at most {LARGEST // 1024 // 1024} MB.")
        if size > room_left:
            raise ValidationError("You have sent a great many files today: please go on tomorrow.")
        file.write(chunk)
    if not size:
        raise ValidationError("This file is empty.")
    file.seek(0)
    return size


def _clean_name(name):
    """What the person called it, to be shown: without a path, control or direction characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in last if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Zl", "Zp"})
    return " ".join(shown.split())[-200:] or "file"
