"""Changing one's words."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ... import policy
from ...models import Message, Version
from ...queries.people import people_named
from ...text.markdown import Parsed
from ...text.wording import clean_body
from ..changing import change_message, lock_message
from ..files.linking import link_anew
from .mentioning import mention_anew


@transaction.atomic
def edit_message(*, conversation_id, message_id, by, body):
    """Other words for the same message, or none where files say something; the former ones are kept. A mention that is
    added notifies; nobody is notified twice."""
    body = clean_body(body, may_be_empty=True)
    parsed = Parsed(body)
    conversation, message = lock_message(conversation_id, message_id, by)
    if message.deleted_at:
        raise PermissionDenied(_("This message was deleted."))
    if not policy.may_edit_message(by, message):
        raise PermissionDenied(_("You may change your own messages only."))
    clean_body(body, may_be_empty=message.attachments.exists())
    if body == message.body:
        return message
    people = people_named(conversation, parsed.names, by)
    called_before = Parsed(message.body).groups(people)
    _keep_version(message)
    message.body, message.html = body, parsed.html(people)
    message.kind, message.edited_at = Message.Kind.SAID if body else Message.Kind.FILE, timezone.now()
    mention_anew(message, people.values(), parsed.groups(people), instead_of=called_before)
    link_anew(message, parsed)
    return change_message(conversation, message, Message.Why.EDITED, ["body", "html", "kind", "edited_at"])


def _keep_version(message):
    said_at = message.edited_at or message.created_at
    Version.objects.create(
        message=message, body=message.body, html=message.html, written_at=said_at, replaced_at=timezone.now()
    )
