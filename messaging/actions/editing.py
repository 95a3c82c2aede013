"""Changing one's words."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from .. import policy
from ..markdown import Parsed
from ..models import Message
from ..wording import clean_body
from .changing import change_message, lock_message
from .mentioning import mention, people_named


@transaction.atomic
def edit_message(*, conversation_id, message_id, by, body):
    """Other words for the same message. A mention that is added notifies; nobody is notified twice."""
    body = clean_body(body)
    parsed = Parsed(body)
    conversation, message = lock_message(conversation_id, message_id, by)
    if not policy.may_edit_message(by, message):
        raise PermissionDenied("You may change your own messages only.")
    if body == message.body:
        return message
    people = people_named(conversation, parsed.names)
    message.body, message.html = body, parsed.html(people)
    message.kind, message.edited_at = Message.Kind.SAID, timezone.now()
    mention(message, people.values())
    return change_message(conversation, message, Message.Why.EDITED, ["body", "html", "kind", "edited_at"])
