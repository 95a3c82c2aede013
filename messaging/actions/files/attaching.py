"""Taking in files, and sweeping away those that nobody can reach any more."""

import tempfile
import unicodedata
from datetime import timedelta
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ... import policy
from ...models import Attachment, Conversation
from ...pictures import ANYTHING_ELSE, first_page, picture_in
from .depicting import order_depiction
from .shrinking import order_smaller

LARGEST = 10 * 1024 * 1024  # bytes
MOST_IN_A_DAY = 1024 * 1024 * 1024  # bytes of one person
MOST_WAITING = 50  # uploads of one person that are in no message yet
OTHER_TYPE = _("Files of this type are not taken here, only these: %(types)s.")
FULL_DAY = _("You have sent a great many files today: please go on tomorrow.")
FULL_SHARE = _("Your files fill the %(gb)s GB you have here: delete some that are not needed any more.")
FULL_HOUSE = _("The %(gb)s GB kept for files here are full: please tell whoever runs this installation.")
ORPHANED_AFTER = timedelta(days=1)
MOST_AT_ONCE = 500


def keep_upload(*, conversation_id, by, name, chunks, key=None):
    """An upload of this person's, waiting to be posted. `chunks` are bytes, counted as they come.

    `key` is a UUID that the browser chose: the same key again finds the upload that it made, so a retry is always safe.
    """
    conversation = Conversation.objects.filter(pk=conversation_id).first()
    if conversation is None or not policy.may_post(by, conversation):
        raise PermissionDenied(_("You may not post files here."))
    if key and (made := _made_before(conversation, by, key.hex)):
        return made
    _check_type(name)
    limits = _room_left(by)
    with tempfile.TemporaryFile() as file:
        size = _copy(chunks, file, limits)
        upload = Attachment(conversation=conversation, uploader=by, name=_clean_name(name))
        if key:
            upload.key = key.hex
            default_storage.delete(upload.path)  # of a try that came only half the way
        frames = _store(upload, file, size)
    try:
        with transaction.atomic():
            upload.save()
            if frames:
                order_smaller(upload, frames)
            order_depiction(upload)
    except IntegrityError:  # another try of the same was quicker
        return _made_before(conversation, by, upload.key)
    return upload


def store_upload(conversation, uploader, name, file, size):
    """A file from elsewhere, kept under a key of its own and not saved yet."""
    upload = Attachment(conversation=conversation, uploader=uploader, name=_clean_name(name))
    _store(upload, file, size)
    return upload


def _made_before(conversation, by, key):
    """What this person uploaded here under this key, or None; from now on it waits to be posted for another day."""
    made = Attachment.objects.filter(key=key).first()
    if made is None:
        return None
    if (made.uploader_id, made.conversation_id) != (by.pk, conversation.pk):
        raise ValidationError(_("This key was used for another file."))
    if made.message_id is None:
        Attachment.objects.filter(pk=made.pk).update(created_at=timezone.now())
    return made


def _check_type(name):
    """By its name: whatever it is, nobody's browser runs it (downloads.py)."""
    types = settings.FILE_TYPES
    if types and PurePath(_clean_name(name)).suffix[1:].lower() not in types:
        raise ValidationError(OTHER_TYPE, params={"types": ", ".join(types)})


def _room_left(by):
    """[(bytes that may still come in, what to say beyond them)]; ValidationError when too much waits already."""
    mine, all_files = Attachment.objects.filter(uploader=by), Attachment.objects.all()
    if mine.filter(message=None).count() >= MOST_WAITING:
        raise ValidationError(_("Too many files wait to be posted: post or discard some first."))
    today = mine.filter(created_at__gt=timezone.now() - timedelta(days=1))
    shares = (
        (mine, settings.FILES["gb_per_person"], FULL_SHARE),
        (all_files, settings.FILES["gb_in_all"], FULL_HOUSE),
    )
    limits = [(MOST_IN_A_DAY - _weight(today), FULL_DAY)]
    return limits + [
        (int(gb * 1024**3) - _weight(files), words % {"gb": f"{gb:g}"}) for files, gb, words in shares if gb
    ]


def _weight(files):
    return files.aggregate(sum=Sum("size"))["sum"] or 0


def _store(upload, file, size):
    """A picture without its notes, anything else as it came. Returns how many frames the picture has, or nought."""
    picture = picture_in(file)
    if picture is None:
        upload.content_type = first_page.CONTENT_TYPE if first_page.is_pdf(file) else ANYTHING_ELSE
        upload.size = size
        _put(upload.path, File(file))
        return 0
    upload.content_type, upload.size = picture.content_type, len(picture.content)
    upload.width, upload.height = picture.width, picture.height
    _put(upload.path, ContentFile(picture.content))
    return picture.frames


def _put(path, content):
    """At this path and no other: a twin that comes at the same time brings the same."""
    name = default_storage.save(path, content)
    if name != path:
        default_storage.delete(name)


def purge_uploads(**of):
    """Sweep away uploads that were never posted, and files whose messages are gone: all, or those `of` a conversation
    or message. Returns how many.
    """
    never_posted = Q(message=None, created_at__lt=timezone.now() - ORPHANED_AFTER)
    cleared = Q(message__seq__lte=F("message__conversation__cleared_seq"))
    gone = Attachment.objects.filter(never_posted | Q(message__deleted_at__isnull=False) | cleared, **of)
    return sum(_purge(upload) for upload in list(gone[:MOST_AT_ONCE]))


def _purge(upload):
    if upload.message_id is None and not _taken_from_its_uploader(upload):
        return 0
    # The files first: a row without its files is found again, not the reverse.
    default_storage.delete(upload.small_path)
    default_storage.delete(upload.path)
    return Attachment.objects.filter(pk=upload.pk).delete()[0]


def _taken_from_its_uploader(upload):
    """So that nobody posts it any more. It may have been posted meanwhile."""
    return Attachment.objects.filter(pk=upload.pk, message=None).update(uploader=None)


def _copy(chunks, file, limits):
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > LARGEST:
            raise ValidationError(
                _("A file may have at most %(most)d MB."), params={"most": LARGEST // 1024 // 1024}
            )
        for room_left, words in limits:
            if size > room_left:
                raise ValidationError(words)
        file.write(chunk)
    if not size:
        raise ValidationError(_("This file is empty."))
    file.seek(0)
    return size


def _clean_name(name):
    """What the person called it, to be shown: without a path, control or direction characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in last if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Zl", "Zp"})
    return " ".join(shown.split())[-200:] or "file"
