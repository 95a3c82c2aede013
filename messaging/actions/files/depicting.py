"""Pictures of PDFs, by their first pages: they are drawn apart from other errands, since one may take seconds."""

from time import monotonic

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from ...models import Attachment, Errand, Message
from ...pictures.first_page import first_page
from ..changing import change_message, lock_conversation
from ..errands import claim_due, finish
from .shrinking import drawable, keep_small

SECONDS = 5.0  # after which no other is begun: more waits on the same worker


def order_depiction(upload):
    """Have a PDF depicted, if this transaction comes to be; anything else needs none."""
    if upload.is_pdf:
        Errand.objects.create(verb=Errand.Verb.DEPICT, noun_id=upload.pk)


def depict_due():
    """Depict for a while what is due; several sweepers may run at once. Returns how many errands were done."""
    done, ends = 0, monotonic() + SECONDS
    while monotonic() < ends and (errands := claim_due(Errand.Verb.DEPICT, 1)):
        with finish(errands[0]):
            depict(errands[0].noun_id)
        done += 1
    return done


def depict(attachment_id):
    """Draw the first page; safe to repeat."""
    upload = drawable(attachment_id)
    if upload is None:
        return
    with default_storage.open(upload.path) as file:
        page = first_page(file)
    if page is not None:
        keep_small(upload, page.content, lambda: _show(upload, page))


@transaction.atomic
def _show(upload, page):
    """Whether the file is still there. If it was posted by now, its message is told anew: it has a picture to show."""
    conversation = lock_conversation(upload.conversation_id)
    made = {"thumbnail_at": timezone.now(), "width": page.width, "height": page.height}
    if not Attachment.objects.filter(pk=upload.pk).update(**made):
        return False
    said = Message.objects.filter(attachments=upload, deleted_at=None, seq__gt=conversation.cleared_seq)
    message = said.first()
    if message:
        message.conversation = conversation
        change_message(conversation, message, Message.Why.LINKED)
    return True
