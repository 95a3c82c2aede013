"""Previews on their way: the pages to which messages link are looked at side by side, and what is found is shown."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ...models import Errand, Message, Preview, ShownPreview
from ...previews.links import links_to_preview
from ...previews.looking import Look
from ...text.markdown import Parsed
from ..changing import change_message, lock_conversation
from ..errands import claim_due, finish

AT_ONCE = 10  # messages whose links are looked at side by side
FRESH = timedelta(days=1)  # how long a look at a page serves everybody
FRESH_IN_VAIN = timedelta(minutes=30)  # ... when nothing was seen
KEPT = timedelta(days=2)  # of what no message shows; longer than it is fresh
MOST_FORGOTTEN = 500  # at once


def preview_due():
    """Show previews of what is due; several sweepers may run at once. Returns how many messages it was about.

    A failure of ours puts the errand off. A page that cannot be seen is none: a later message has it looked at again.
    """
    errands = claim_due(Errand.Verb.PREVIEW, AT_ONCE)
    messages = Message.objects.in_bulk([errand.noun_id for errand in errands])
    links = {id: links_to_preview(Parsed(message.body)) for id, message in messages.items()}
    previews = _previews_of({url for urls in links.values() for url in urls})
    for errand in errands:
        with finish(errand):
            if errand.noun_id in messages:
                _show(messages[errand.noun_id], previews)
    return len(errands)


def forget_unused_previews():
    unused = Preview.objects.unused().filter(looked_at__lt=timezone.now() - KEPT)
    return sum(_forget(preview) for preview in list(unused[:MOST_FORGOTTEN]))


def _previews_of(urls):
    """{url: Preview} of these, from the latest look, or a new one where that was too long ago."""
    known = {preview.url: preview for preview in _fresh().filter(url__in=urls).order_by("looked_at")}
    looks = {url: Look(url) for url in urls - known.keys()}
    return known | {url: _keep(url, look.found()) for url, look in looks.items()}


def _fresh():
    now = timezone.now()
    in_vain = Q(title="", looked_at__gt=now - FRESH_IN_VAIN)
    return Preview.objects.filter(in_vain | ~Q(title="") & Q(looked_at__gt=now - FRESH))


def _keep(url, found):
    preview = Preview(url=url)
    if found:
        page, picture = found.page, found.picture
        preview.title, preview.description, preview.site = page.title, page.description, page.site
        if picture:
            preview.width, preview.height = picture.width, picture.height
            default_storage.save(preview.path, ContentFile(picture.content))
    preview.save()
    return preview


@transaction.atomic
def _show(message, previews):
    """As the message stands by now: it may have been changed while the pages were looked at."""
    conversation = lock_conversation(message.conversation_id)
    message = conversation.messages.filter(pk=message.pk, deleted_at=None).first()
    if message is None or message.seq <= conversation.cleared_seq:
        return
    message.conversation = conversation
    links = links_to_preview(Parsed(message.body))
    known = set(message.shown_previews.values_list("preview__url", flat=True))
    new = [previews[url] for url in links if url not in known and url in previews and previews[url].is_found]
    if new:
        ShownPreview.objects.bulk_create(ShownPreview(message=message, preview=one) for one in new)
        message.has_previews = True
        change_message(conversation, message, Message.Why.LINKED, ["has_previews"])


def _forget(preview):
    # The file first: a row without its file is found again, not the reverse.
    default_storage.delete(preview.path)
    return preview.delete()[0]
