"""Making the smaller pictures that a timeline shows, and measuring those that came before anybody measured."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from ...models import Attachment, Errand
from ...pictures import TYPES, picture_in
from ...pictures.small import LONGEST_SIDE, smaller

LIGHT = 100_000  # bytes; what weighs less, and is no larger than the smaller one would be, is shown as it is
MOST_AT_ONCE = 100


def order_smaller(upload, frames=1):
    """Have a smaller picture made of one that is worth it, if this transaction comes to be."""
    is_large = max(upload.width, upload.height) > LONGEST_SIDE or upload.size > LIGHT
    if is_large and frames == 1:
        Errand.objects.create(verb=Errand.Verb.SHRINK, noun_id=upload.pk)


def shrink(attachment_id):
    """Make the smaller picture; safe to repeat."""
    upload = drawable(attachment_id)
    if upload is None:
        return
    with default_storage.open(upload.path) as file:
        content = smaller(file)
    if content is not None:
        here = Attachment.objects.filter(pk=upload.pk)
        keep_small(upload, content, lambda: here.update(thumbnail_at=timezone.now()))


def drawable(attachment_id):
    """The upload that has no picture yet, or None when it has, or is gone."""
    upload = Attachment.objects.filter(pk=attachment_id, thumbnail_at=None).first()
    return upload if upload and default_storage.exists(upload.path) else None


def keep_small(upload, content, show):
    """Keep its picture, and `show` it, which tells whether the upload is still there: else the picture goes, too."""
    default_storage.delete(upload.small_path)  # of a try that came only half the way
    default_storage.save(upload.small_path, ContentFile(content))
    if not show():
        default_storage.delete(upload.small_path)


def make_lost_ones_anew():
    """Have those smaller pictures made again that are told of and not there. Returns how many."""
    told = Attachment.objects.exclude(thumbnail_at=None)
    return sum(_make_anew(upload) for upload in told if not default_storage.exists(upload.small_path))


@transaction.atomic
def _make_anew(upload):
    verb = Errand.Verb.DEPICT if upload.is_pdf else Errand.Verb.SHRINK
    Errand.objects.create(verb=verb, noun_id=upload.pk)
    return Attachment.objects.filter(pk=upload.pk).update(thumbnail_at=None)


def measure_pictures():
    """Measure pictures that nobody has measured, and have the large ones made smaller. Returns how many."""
    unmeasured = Attachment.objects.filter(width=None, content_type__in=TYPES.values())
    return sum(_measure(upload) for upload in list(unmeasured[:MOST_AT_ONCE]))


def _measure(upload):
    picture = _kept_picture(upload)
    upload.width, upload.height = (picture.width, picture.height) if picture else (0, 0)
    upload.save(update_fields=["width", "height"])
    if picture:
        order_smaller(upload, picture.frames)
    return True


def _kept_picture(upload):
    if not default_storage.exists(upload.path):
        return None
    with default_storage.open(upload.path) as file:
        return picture_in(file)
