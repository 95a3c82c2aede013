"""Having read everything."""

from django.db import transaction
from django.utils import timezone

from ..models import Membership, Notification
from ..places import places_of
from .inboxes import next_inbox_revision

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
    for id, place in places.items():
        place.read_seq, place.inbox_revision = max(place.read_seq, seqs[id]), revision
    Membership.objects.bulk_update(places.values(), ["read_seq", "inbox_revision"])
    first_looks = [id for id in seqs if id not in places]  # at the comments of tasks
    Membership.objects.bulk_create(
        Membership(conversation_id=id, user=by, read_seq=seqs[id], inbox_revision=revision)
        for id in first_looks
    )
    unread = Notification.objects.filter(user=by, read_at=None, message__conversation__in=seqs)
    about_now = unread.exclude(kind=Notification.Kind.REMINDER).values_list("pk", flat=True)
    Notification.objects.filter(pk__in=list(about_now)).update(
        read_at=timezone.now(), inbox_revision=revision
    )
