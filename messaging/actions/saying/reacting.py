"""Putting an emoji on a message, and taking it back."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ... import policy
from ...models import Message, Reaction
from ...text.wording import clean_emoji
from ..changing import change_message, lock_message

MOST_EMOJI = 20  # different ones on one message


@transaction.atomic
def react(*, conversation_id, message_id, by, emoji, on=True):
    """The message, with or without this person's emoji. Asking for what is already so changes nothing."""
    emoji = clean_emoji(emoji)
    conversation, message = lock_message(conversation_id, message_id, by)
    if not policy.may_react(by, message):
        raise PermissionDenied(_("You may not react to this message."))
    changed = _add(message, by, emoji) if on else _take_back(message, by, emoji)
    return change_message(conversation, message, Message.Why.REACTED) if changed else message


def _add(message, by, emoji):
    used = set(message.reactions.values_list("emoji", flat=True))
    if emoji not in used and len(used) >= MOST_EMOJI:
        raise ValidationError(
            _("This message has %(most)d different reactions already."), params={"most": MOST_EMOJI}
        )
    return Reaction.objects.get_or_create(message=message, user=by, emoji=emoji)[1]


def _take_back(message, by, emoji):
    return message.reactions.filter(user=by, emoji=emoji).delete()[0] > 0
