"""How anything in a conversation is changed: under the lock of its row, with its next numbers."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction

from live import announce
from live.failpoints import pass_by
from live.streams import Change

from .. import policy, said
from ..models import Conversation, Message


def lock_conversation(id, by=None, ability=policy.READ):
    """The conversation, locked until the transaction ends, for somebody who may do what they mean to.

    PermissionDenied is the answer to those who may not, and also when there is none: nobody learns which ids exist.
    """
    conversation = Conversation.objects.select_for_update().filter(pk=id).first()
    if conversation is None or (by is not None and ability not in policy.abilities(by, conversation)):
        raise PermissionDenied("You may not do that here.")
    return conversation


def lock_message(conversation_id, message_id, by):
    """(conversation, message), both as they are under the lock; only a message of this very conversation."""
    conversation = lock_conversation(conversation_id, by)
    messages = conversation.messages.select_related("author").filter(seq__gt=conversation.cleared_seq)
    message = messages.filter(pk=message_id).first()
    if message is None:
        raise Message.DoesNotExist("There is no such message here.")
    message.conversation = conversation
    return conversation, message


def add_message(conversation, **what):
    """A new message at the next place, not yet announced."""
    return add_messages(conversation, [what])[0]


def add_messages(conversation, whats):
    """New messages at the next places, in their order, not yet announced."""
    numbers = enumerate(whats, 1)
    messages = [_numbered(conversation, step, what) for step, what in numbers]
    conversation.last_seq += len(messages)
    conversation.revision += len(messages)
    conversation.save(update_fields=["last_seq", "revision"])
    return Message.objects.bulk_create(messages)


def _numbered(conversation, step, what):
    revision = conversation.revision + step
    number = {"seq": conversation.last_seq + step, "revision": revision, "born": revision}
    return Message(conversation=conversation, **number, **what)


def change_message(conversation, message, why, fields=()):
    """Save what was changed of a message as the conversation's next change, and tell it."""
    conversation.revision += 1
    conversation.save(update_fields=["revision"])
    message.revision, message.why = conversation.revision, why
    message.save(update_fields=["revision", "why", *fields])
    tell(conversation, said.snapshot_of(message))
    return message


def add_event(conversation, by, sentence, **event):
    """A line that the conversation itself says about a change of it."""
    message = add_message(
        conversation, author=by, author_name=by.name, kind=Message.Kind.SYSTEM, body=sentence, event=event
    )
    tell(conversation, said.snapshot(message, conversation))
    return message


def tell(conversation, snapshot):
    """Announce the latest change once it is committed."""
    pass_by("posting.before_commit")
    change = Change(snapshot["revision"], snapshot["born"], snapshot, conversation.access)
    transaction.on_commit(partial(announce, conversation.stream, change.revision, change))
