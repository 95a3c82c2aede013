"""Having what one may take along prepared, and letting go of it after some days."""

import logging
import tempfile
from contextlib import closing
from datetime import timedelta
from io import SEEK_END

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from live.language import language_for

from ... import policy
from ...export.archive import Zip
from ...export.everything import write_everything
from ...export.mine import write_mine
from ...export.room import write_room
from ...models import Conversation, Export, Notification
from ..notices.notifying import notify
from ..notices.putting_away import withdraw

log = logging.getLogger("messaging")
What = Export.What
KEPT = timedelta(days=7)  # after it is ready
REMEMBERED = timedelta(days=30)  # after it was let go of: the notice of it is read until then
LEASE = timedelta(hours=1)  # how long one that is being prepared is left to whoever prepares it
MOST_ATTEMPTS = 3
FAILED = _("It could not be prepared. Please ask for it again, or tell whoever runs this installation.")
NOT_YOURS = _("You may not take that along any more.")


def ask_export(*, by, what, conversation_id=None):
    """The export, to be prepared soon. Asking again while it waits finds it; one room is prepared at a time."""
    conversation = Conversation.objects.filter(pk=conversation_id).first() if what == What.ROOM else None
    export = Export(user=by, what=what, conversation=conversation)
    if not policy.may_export(by, export):
        raise PermissionDenied(_("You may not take that along."))
    try:
        with transaction.atomic():
            export.save()
    except IntegrityError:  # one of this kind waits already
        return _waiting(export)
    log.info("Person %s asked for an export (%s).", by.pk, what)
    return export


def _waiting(export):
    same = Export.objects.filter(user=export.user, what=export.what, conversation=export.conversation)
    waiting = same.filter(ready_at=None, ended_at=None).first()
    if waiting is None:
        raise ValidationError(_("Another room is being prepared for you: ask again when that is ready."))
    return waiting


@transaction.atomic
def discard_export(*, by, key):
    """It is deleted at once, ready or not."""
    export = Export.objects.filter(user=by, key=key).first()
    if export is None:
        raise PermissionDenied(_("You have no such export."))
    _discard(export)


def prepare_exports():
    """Prepare what waits, one after the other, and let go of what is old. Several may do so at once."""
    now = timezone.now()
    for export in list(Export.objects.filter(ended_at=None, ready_at__lt=now - KEPT)):
        _discard(export)
    Export.objects.filter(ended_at__lt=now - REMEMBERED).delete()
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    waiting = Export.objects.filter(free, ready_at=None, ended_at=None).select_related("user", "conversation")
    return sum(_prepare(export) for export in list(waiting))


def _prepare(export):
    if not _claim(export):
        return False
    if export.attempts >= MOST_ATTEMPTS:
        return _refuse(export, FAILED)
    if not policy.may_export(export.user, export):
        return _refuse(export, NOT_YOURS)
    try:
        size = _write(export)
    except Exception:
        log.exception("Export %s could not be prepared.", export.pk)
        Export.objects.filter(pk=export.pk).update(claimed_until=None)
        return False
    return _ready(export, size)


def _claim(export):
    """One conditional update: whoever changes the row has it."""
    asked = Export.objects.filter(pk=export.pk, claimed_until=export.claimed_until)
    return (
        asked.filter(ready_at=None, ended_at=None).update(
            claimed_until=timezone.now() + LEASE, attempts=F("attempts") + 1
        )
        == 1
    )


def _write(export):
    """Into the media storage. Returns how many bytes it has."""
    with tempfile.TemporaryFile(dir=settings.DATA_FOLDER) as file:  # what is temporary may be kept in memory
        with closing(Zip(file)) as archive, translation.override(language_for(export.user)):
            match export.what:
                case What.MINE:
                    write_mine(archive, export.user)
                case What.ROOM:
                    write_room(archive, export.conversation)
                case What.EVERYTHING:
                    write_everything(archive)
        size = file.seek(0, SEEK_END)
        file.seek(0)
        default_storage.delete(export.path)  # of a try that came only half the way
        default_storage.save(export.path, File(file))
    return size


@transaction.atomic
def _ready(export, size):
    found = Export.objects.filter(pk=export.pk, ready_at=None, ended_at=None)
    if not found.update(ready_at=timezone.now(), size=size):  # discarded meanwhile, or made ready by another
        if Export.objects.filter(pk=export.pk, ended_at__isnull=False).exists():
            default_storage.delete(export.path)
        return False
    notify(Notification.Kind.EXPORT, [export.user_id], export=export)
    return True


def _refuse(export, why):
    with translation.override(language_for(export.user)):
        refusal = str(why)
    Export.objects.filter(pk=export.pk, ended_at=None).update(refusal=refusal, ended_at=timezone.now())
    return False


@transaction.atomic
def _discard(export):
    """What tells of it stays, so that open browsers hear that it is no news any more."""
    # The file first: a row without its file is found again, not the reverse.
    default_storage.delete(export.path)
    withdraw(Notification.objects.filter(export=export))
    Export.objects.filter(pk=export.pk).update(ended_at=timezone.now(), refusal="")
