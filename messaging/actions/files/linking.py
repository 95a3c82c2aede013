"""The links of a message: what they lead to is shown below it, later, until somebody removes that."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from live.database.many import insert

from ... import policy
from ...models import Errand, Message
from ...previews.links import links_to_preview
from ..changing import change_message, lock_message


def order_previews(linking):
    """Have the pages looked at to which messages link, if this transaction comes to be: (message, what was Parsed)s."""
    errands = [
        Errand(verb=Errand.Verb.PREVIEW.value, noun_id=message.pk)
        for message, parsed in linking
        if links_to_preview(parsed)
    ]
    if errands:
        insert(errands)


def link_anew(message, parsed):
    """The message says something else: a preview goes with its link, and what it links to now is looked at."""
    if message.has_previews:
        links = links_to_preview(parsed)
        message.shown_previews.filter(removed_at=None).exclude(preview__url__in=links).delete()
    order_previews([(message, parsed)])


@transaction.atomic
def remove_preview(*, conversation_id, message_id, by, url):
    """Show what is about this link no longer, to nobody, whatever is still said in the message."""
    conversation, message = lock_message(conversation_id, message_id, by)
    if not policy.may_remove_preview(by, message):
        raise PermissionDenied(_("You may remove previews of your own messages only."))
    shown = message.shown_previews.filter(preview__url=url, removed_at=None)
    changed = shown.update(removed_at=timezone.now())
    return change_message(conversation, message, Message.Why.LINKED) if changed else message
