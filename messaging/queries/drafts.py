"""A person's drafts, ready to be said: what was begun, and what it answers."""

from functools import cache

from django.db.models import Exists, OuterRef

from live.database.question import Question

from ..models import Conversation, Draft
from .snapshots import quoted

MOST_TOLD = 50  # on opening an inbox
RELATED = "conversation", "reply_to"


def of(user_id):
    """This person's drafts, but for those in conversations that they may not read any more."""
    where = Conversation.objects.filter(pk=OuterRef("conversation")).open_to(user_id)
    return Draft.objects.filter(Exists(where), user=user_id)


def begun(user_id):
    """Drafts that are not empty, as they are told, the latest first."""
    return [told_of(draft) for draft in BEGUN.ask(user_id=user_id)]


def changed(user_id, since, limit):
    """Drafts that were kept or emptied after this revision of the inbox, as they are told, in that order."""
    return [told_of(draft) for draft in _changed(limit).ask(user_id=user_id, since=since)]


def _begun(user_id):
    written = of(user_id).exclude(body="").order_by("-changed_at", "-pk")
    return written.select_related(*RELATED)[:MOST_TOLD]


BEGUN = Question(_begun, user_id=int)


@cache
def _changed(limit):
    def changed(user_id, since):
        later = of(user_id).filter(inbox_revision__gt=since).order_by("inbox_revision")
        return later.select_related(*RELATED)[:limit]

    return Question(changed, user_id=int, since=int)


def told_of(draft):
    """A draft as a plain value; an emptied one tells that it is gone."""
    return {
        "conversation_id": draft.conversation_id,
        "text": draft.body,
        "reply_to": quoted(draft.reply_to, draft.conversation) if draft.body else None,
        "revision": draft.inbox_revision,
    }
