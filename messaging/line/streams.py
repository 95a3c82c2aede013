"""A conversation and an inbox as streams: where they stand, what changed, who may follow, and how it is said."""

from dataclasses import dataclass
from functools import cache

from django.contrib.auth import get_user_model

from live.database.many import find
from live.database.question import Question
from live.streams import Change, Head, Source

from .. import frames, policy
from ..models import Conversation, Message
from ..queries import snapshots
from ..queries.pins import pins_of
from ..queries.receipts import reads_of, receipts_of
from .dialects import SAY
from .personal import personal_changes
from .whispers import WHISPERS


@dataclass(frozen=True, slots=True)
class ConversationHead(Head):
    last_seq: int


@dataclass(frozen=True, slots=True)
class InboxHead(Head):
    people_revision: int


STANDING = "revision", "epoch", "access", "last_seq"


def standing_of(revision, epoch, access, last_seq):
    return ConversationHead(revision, str(epoch), access, last_seq)


class ConversationSource(Source):
    kind = "conversation"

    def heads(self, ids):
        return {pk: standing_of(*standing) for pk, *standing in CONVERSATION_HEADS.ask(ids=list(ids))}

    def facts(self, id):
        return {"reads": frames.reads(reads_of(id)), "pins": pins_of(id)}

    def changes(self, id, since, limit):
        """In two trips. Nobody is told of the past of what was cleared away."""
        return [change_of(one) for one in snapshots.snapshots_of(_changed(limit).ask(id=id, since=since))]

    def changes_of(self, since, limit):
        """In three trips, however many conversations there are."""
        found = find(f"{CHANGED} LIMIT {limit}", [*since.items()])
        ids = dict.fromkeys(id for id, *_ in found[:limit])
        changes = {id: [] for id in since}
        for one in snapshots.snapshots_of(MESSAGES.ask(ids=list(ids))):
            changes[one["conversation_id"]].append(change_of(one))
        return changes

    def allowed(self, id, user_ids):
        conversation = Conversation.objects.filter(pk=id).first()
        if conversation is None:
            return set()
        return set(policy.readers(conversation).filter(pk__in=user_ids).values_list("pk", flat=True))

    def say(self, change, revision, dialect, since):
        return SAY[dialect](change, revision, since)

    def whispered(self, id, whisper, dialect):
        tell = WHISPERS.get(whisper.get("kind"))
        return list(tell(whisper)) if tell and dialect != "inbox" else []

    def standing(self, id, user_ids):
        return [receipt.whisper for receipt in receipts_of({(id, user_id) for user_id in user_ids})]


class InboxSource(Source):
    kind = "inbox"

    def heads(self, ids):
        # A person whose inbox has never changed has no row yet: it stands at nought.
        standing = INBOX_HEADS.ask(ids=list(ids))
        return {pk: InboxHead(revision or 0, "inbox", 0, people or 0) for pk, revision, people in standing}

    def changes(self, id, since, limit):
        return personal_changes(id, since, limit)

    def allowed(self, id, user_ids):
        return {id} & set(user_ids)

    def say(self, change, revision, dialect, since):
        """Nothing is told of revisions that a later change has overtaken: that one says how things stand."""
        return change.noun if revision == change.revision else []


def change_of(one):
    return Change(one["revision"], one["born"], one)


CHANGED = """
    SELECT DISTINCT message.id, message.conversation_id, message.revision
    FROM ({rows}) AS asked
    JOIN messaging_conversation AS conversation ON conversation.id = asked.column1
    JOIN messaging_message AS message ON message.conversation_id = conversation.id
        AND message.revision > asked.column2 AND message.seq > conversation.cleared_seq
    ORDER BY message.conversation_id, message.revision
"""
MESSAGES = Question(lambda ids: Message.objects.filter(pk__in=ids).order_by("revision"), ids=[int])


@cache
def _changed(limit):
    def changed(id, since):
        return (
            Message.objects.filter(conversation=id, revision__gt=since).shown().order_by("revision")[:limit]
        )

    return Question(changed, id=int, since=int)


CONVERSATION_HEADS = Question(
    lambda ids: Conversation.objects.filter(pk__in=ids).order_by().values_list("pk", *STANDING), ids=[int]
)
INBOX_HEADS = Question(
    lambda ids: (
        get_user_model()
        .objects.filter(pk__in=ids, is_active=True)
        .order_by()
        .values_list("pk", "inbox__revision", "inbox__people_revision")
    ),
    ids=[int],
)
