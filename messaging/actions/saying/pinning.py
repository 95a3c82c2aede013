"""Keeping a message in sight for everybody in its conversation."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ... import policy
from ...models import Message, Pin
from ..changing import change_message, lock_message

MOST_PINS = 100  # in one conversation


@transaction.atomic
def pin(*, conversation_id, message_id, by, on=True):
    """The message, pinned or no longer. Asking for what is already so changes nothing."""
    conversation, message = lock_message(conversation_id, message_id, by)
    if not policy.may_pin(by, message):
        raise PermissionDenied(_("You may not pin this message."))
    changed = _put_up(conversation, message, by) if on else _take_down(message)
    return change_message(conversation, message, Message.Why.PINNED) if changed else message


def _put_up(conversation, message, by):
    if Pin.objects.filter(message=message).exists():
        return False
    if conversation.pins.count() >= MOST_PINS:
        raise ValidationError(
            _("%(most)d messages are pinned here already: unpin one first."), params={"most": MOST_PINS}
        )
    Pin.objects.create(message=message, conversation=conversation, pinned_by=by, pinned_by_name=by.name)
    return True


def _take_down(message):
    return Pin.objects.filter(message=message).delete()[0] > 0
