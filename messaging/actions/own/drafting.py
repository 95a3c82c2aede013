"""Keeping what somebody has begun to write, for all the browsers they write in."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ... import policy
from ...models import Conversation, Draft
from ..notices.inboxes import next_inbox_revision


@transaction.atomic
def keep_draft(*, by, conversation_id, body, reply_to=None):
    """This person's draft there as it is now; an empty one was posted or given up. Keeping the same again is no change.

    The draft of an answer to what is gone meanwhile is kept without the answer.
    """
    conversation = Conversation.objects.filter(pk=conversation_id).first()
    if conversation is None or not policy.may_post(by, conversation):
        raise PermissionDenied(_("You may not write here."))
    wanted = {"body": _begun(body), "reply_to_id": _answered(conversation, body and reply_to)}
    draft = Draft.objects.filter(conversation=conversation, user=by).first()
    if draft is None and not wanted["body"]:
        return Draft(conversation=conversation, user=by, inbox_revision=0)
    if draft and all(getattr(draft, key) == value for key, value in wanted.items()):
        return draft
    wanted["inbox_revision"] = next_inbox_revision(by.pk)
    return Draft.objects.update_or_create(conversation=conversation, user=by, defaults=wanted)[0]


def _begun(text):
    """What was typed, with the space around it; ValidationError for what could not be posted or stored anyway."""
    if len(text) > settings.LIVE["message_limit"]:
        raise ValidationError(_("This is too long to be kept as a draft."))
    if any("\ud800" <= character <= "\udfff" or character == "\0" for character in text):
        raise ValidationError(_("This draft holds characters that cannot be stored."))
    return text if text.strip() else ""


def _answered(conversation, message_id):
    if not message_id:
        return None
    here = conversation.messages.filter(seq__gt=conversation.cleared_seq, deleted_at=None, pk=message_id)
    return here.values_list("pk", flat=True).first()
