"""A card made of a message: what was said becomes work, and each leads to the other."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from boards.actions import create_task
from boards.actions.finding import lock_column

from ... import policy
from ...models import Message
from ..changing import change_message, lock_message


@transaction.atomic
def make_card(*, conversation_id, message_id, by, column_id, title, for_me=False):
    """The card at the foot of that column, with the message's words on it. Of each message one is made.

    Whoever may read the board reads those words there, also where they were said among few.
    """
    lock_column(column_id, by)  # a board is locked before any conversation
    conversation, message = lock_message(conversation_id, message_id, by)
    if not policy.may_make_card(by, message):
        raise PermissionDenied(_("You may not make a card of this message."))
    if message.card_id:
        raise ValidationError(_("A card was made of this message already."))
    mine = {by.pk} if for_me else ()
    words = "" if message.body.strip() == title.strip() else message.body
    message.card = create_task(by=by, column_id=column_id, title=title, description=words, assignee_ids=mine)
    change_message(conversation, message, Message.Why.CARDED, ["card"])
    return message.card
