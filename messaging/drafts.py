"""A person's drafts, ready to be said: what was begun, and what it answers."""

from django.db.models import Exists, OuterRef

from .models import Conversation, Draft
from .said import quoted

MOST_TOLD = 50  # on opening an inbox; nobody has as many on their mind


def of(user_id):
    """This person's drafts, but for those in conversations that they may not read any more."""
    where = Conversation.objects.filter(pk=OuterRef("conversation")).open_to(user_id)
    return Draft.objects.filter(Exists(where), user=user_id)


def begun(user_id):
    """Those with something in them, the latest first."""
    return of(user_id).exclude(body="").order_by("-changed_at", "-pk")[:MOST_TOLD]


def changed(user_id, since, limit):
    """Those that were kept or emptied after this revision of the inbox, in that order."""
    return of(user_id).filter(inbox_revision__gt=since).order_by("inbox_revision")[:limit]


def told(drafts):
    """Each draft of a query as a plain value, in its order; an emptied one tells that it is gone."""
    return [told_of(draft) for draft in drafts.select_related("conversation", "reply_to")]


def told_of(draft):
    return {
        "conversation_id": draft.conversation_id,
        "text": draft.body,
        "reply_to": quoted(draft.reply_to, draft.conversation) if draft.body else None,
        "revision": draft.inbox_revision,
    }
