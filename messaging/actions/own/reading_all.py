"""Having read everything."""

from django.db import transaction

from ... import policy
from ...models import Conversation, Membership, Notification
from ...queries.places import places_of
from ..notices.inboxes import next_inbox_revision
from ..notices.putting_away import put_away
from .confirming import confirm_all

AT_ONCE = 200  # conversations for one revision of the inbox: what follows it reads so many in one go


def mark_all_read(*, by):
    """Everything of mine is read up to its latest message, and so is what was about it; how many had news."""
    news = [place for place in places_of(by) if place["unread"] or place["mentions"]]
    for start in range(0, len(news), AT_ONCE):
        _read({place["conversation_id"]: place["last_seq"] for place in news[start : start + AT_ONCE]}, by)
    return len(news)


@transaction.atomic
def _read(seqs, by):
    """`seqs`: {conversation id: how far}. What was said since then stays unread, and no cursor moves down."""
    revision = next_inbox_revision(by.pk)
    places = {one.conversation_id: one for one in Membership.objects.filter(user=by, conversation__in=seqs)}
    up_to_date = {id for id, place in places.items() if place.read_seq >= seqs[id]}
    for id, place in places.items():
        place.read_seq, place.inbox_revision = max(place.read_seq, seqs[id]), revision
    Membership.objects.bulk_update(places.values(), ["read_seq", "inbox_revision"])
    Membership.objects.bulk_create(
        Membership(conversation_id=id, user=by, read_seq=seqs[id], inbox_revision=revision)
        for id in _first_looks(by, seqs.keys() - places.keys())
    )
    confirm_all(by=by, conversation_ids=seqs.keys() - up_to_date)
    unread = Notification.objects.filter(user=by, read_at=None, message__conversation__in=seqs)
    told = unread.exclude(kind=Notification.Kind.REMINDER).values_list(
        "pk", "message__conversation", "message__seq"
    )
    put_away([id for id, conversation_id, seq in told if seq <= seqs[conversation_id]], {by.pk: revision})


def _first_looks(by, ids):
    """Those that are comments of tasks. Somebody without a membership in a room was removed from it meanwhile."""
    if not ids:
        return []
    tasks = policy.found_by(by.pk).filter(pk__in=ids, kind=Conversation.Kind.TASK)
    return tasks.values_list("pk", flat=True)
