"""How anything in a conversation is changed: under the lock of its row, with its next numbers."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from live import announce_all
from live.database.many import new, updating
from live.database.question import Question
from live.database.trip import execute
from live.failpoints import is_off, pass_by
from live.language import for_everybody
from live.streams import Change

from .. import policy
from ..models import Conversation, Message, OutgoingHook
from ..queries import snapshots
from .hooks.queueing_deliveries import queue_deliveries


def lock_conversation(id, by=None, ability=policy.READ):
    """The conversation, locked until the transaction ends, for somebody who may do what they mean to.

    PermissionDenied is the answer to those who may not, and also when there is none: nobody learns which ids exist.
    """
    found = LOCKED.ask(ids=[id])
    if not found or (by is not None and ability not in policy.abilities(by, found[0])):
        raise PermissionDenied(_("You may not do that here."))
    return found[0]


class Held(Exception):
    """Somebody else is writing in a conversation."""


LONG, BRIEFLY, NOT = "long", "briefly", "not"  # how to wait for others who are writing in a conversation


def locking(ids, take, *, waits=LONG):
    """For `execute`: locks these conversations, always in one order, until the transaction ends; `take` gets them.

    On a database that locks rows, NOT to wait gets only those that nobody else holds. To wait BRIEFLY may end in an
    error for which `is_held` is true, here or at a later lock of the transaction.
    """
    waits = waits if locks_rows() else LONG
    question = LOCKED_BY_NOBODY if waits == NOT else LOCKED
    if is_off("conversation.lock"):
        question = UNLOCKED
    return [*(HURRY if waits == BRIEFLY else ()), *question.asking(take, ids=list(ids))]


def locks_rows():
    """On any other database there is one writer at a time."""
    return connection.features.has_select_for_update_skip_locked


def is_held(error):
    """Whether this DatabaseError says that somebody else held a lock for longer than BRIEF."""
    return getattr(error.__cause__, "sqlstate", "") == LOCK_NOT_AVAILABLE


BRIEF = 300  # milliseconds; the commits of another process take less
HURRY = [(f"SET LOCAL lock_timeout = {BRIEF}", (), None)]
LOCK_NOT_AVAILABLE = "55P03"  # PostgreSQL, appendix A


def _in_order(ids):
    listening = OutgoingHook.objects.filter(
        Q(room=OuterRef("pk")) | Q(room=None, board=OuterRef("board")), is_on=True
    )
    return Conversation.objects.filter(pk__in=ids).order_by("pk").annotate(is_heard=Exists(listening))


UNLOCKED = Question(_in_order, ids=[int])
LOCKED = Question(lambda ids: _in_order(ids).select_for_update(no_key=True), ids=[int])
LOCKED_BY_NOBODY = Question(
    lambda ids: _in_order(ids).select_for_update(skip_locked=True, no_key=True), ids=[int]
)


def lock_message(conversation_id, message_id, by):
    """(conversation, message), both as they are under the lock; only a message of this very conversation."""
    conversation = lock_conversation(conversation_id, by)
    found = MESSAGE.ask(id=message_id, conversation_id=conversation.pk, cleared_seq=conversation.cleared_seq)
    if not found:
        raise Message.DoesNotExist(_("There is no such message here."))
    found[0].conversation = conversation
    return conversation, found[0]


def _message(id, conversation_id, cleared_seq):
    here = Message.objects.filter(pk=id, conversation=conversation_id, seq__gt=cleared_seq)
    return here.select_related("author").order_by()


MESSAGE = Question(_message, id=int, conversation_id=int, cleared_seq=int)


def add_message(conversation, **what):
    """A new message at the next place, not yet announced."""
    (message,) = number_messages(conversation, [what])
    save_numbers([conversation])
    message.save(force_insert=True)
    return message


def number_messages(conversation, whats):
    """Messages at the next places, in their order; neither they nor the conversation's new numbers are saved yet."""
    messages = []
    for what in whats:
        conversation.last_seq += 1
        conversation.revision += 1
        number = {
            "seq": conversation.last_seq,
            "revision": conversation.revision,
            "born": conversation.revision,
        }
        messages.append(new(Message, {"conversation": conversation, **number, **what}))
    return messages


def save_numbers(conversations):
    execute(saving_numbers(conversations))


def saving_numbers(conversations):
    """The same, for `execute`."""
    return updating(SAVE_NUMBERS, [(one.pk, one.last_seq, one.revision) for one in conversations])


SAVE_NUMBERS = """
    UPDATE messaging_conversation SET last_seq = new.column2, revision = new.column3
    FROM ({rows}) AS new WHERE id = new.column1
"""


def change_message(conversation, message, why, fields=()):
    """Save what was changed of a message as the conversation's next change, and tell it."""
    conversation.revision += 1
    conversation.save(update_fields=["revision"])
    message.revision, message.why = conversation.revision, why
    message.save(update_fields=["revision", "why", *fields])
    tell(conversation, snapshots.snapshot_of(message))
    return message


def add_event(conversation, by, sentence, names=None, **event):
    """A line that the conversation itself says about a change of it, to everybody alike. In the `sentence`, which is
    translated, stand {by} and what `names` holds.
    """
    with for_everybody():
        body = str(sentence).format(by=by.name, **(names or {}))
    message = add_message(
        conversation, author=by, author_name=by.name, kind=Message.Kind.SYSTEM, body=body, event=event
    )
    tell(conversation, snapshots.snapshot(message, conversation))
    return message


def tell(conversation, snapshot):
    """Announce the latest change once it is committed."""
    tell_all([(conversation, snapshot)])


def tell_all(told):
    """Announce changes, each a (conversation, snapshot), once they are committed."""
    queue_deliveries(told)
    pass_by("posting.before_commit")
    news = []
    for conversation, snapshot in told:
        name = snapshots.name_of(snapshot)
        change = Change(snapshot["revision"], snapshot["born"], snapshot, conversation.access, name)
        news.append((conversation.stream, change.revision, change))
    transaction.on_commit(partial(announce_all, news))
