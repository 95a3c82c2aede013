"""What waits to be read, place by place: where the oldest unread word is, first."""

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext

from accounts.zones import iso
from live.database.question import Question

from ..models import Message
from .places import mine


def waiting(user, places):
    """Each of the `places` (of queries.places) with something unread, and its first unread message: in two queries.

    What is muted comes last.
    """
    unread = {place["conversation_id"]: place for place in places if place["unread"]}
    found = ENDS.ask(user_id=user.pk, ids=list(unread))
    ends = {id: (first, last) for id, first, last in found if first}
    firsts = {one.pk: one for one in FIRSTS.ask(ids=[first for first, _ in ends.values()])}
    rows = [_row(unread[id], firsts[first], last) for id, (first, last) in ends.items() if first in firsts]
    return sorted(rows, key=lambda row: (row["level"] == "nothing", row["when"], row["conversation_id"]))


def _ends(user_id, ids):
    """(conversation id, first unread message's id, last one's) each"""
    here = Message.objects.filter(
        conversation=OuterRef("pk"), seq__gt=OuterRef("read_seq"), deleted_at=None
    ).filter(seq__gt=OuterRef("cleared_seq"))
    others = here.exclude(kind=Message.Kind.SYSTEM).filter(Q(author=None) | ~Q(author=user_id))
    first, last = (Subquery(others.order_by(order).values("pk")[:1]) for order in ("seq", "-seq"))
    found = mine(user_id).filter(pk__in=ids).annotate(first=first, last=last)
    return found.values_list("pk", "first", "last")


ENDS = Question(_ends, user_id=int, ids=[int])
FIRSTS = Question(lambda ids: Message.objects.filter(pk__in=ids).select_related("author"), ids=[int])


def _row(place, first, last_id):
    return {
        **place,
        "first_id": first.pk,
        "last_id": last_id,
        "display_name": first.author.name if first.author else first.author_name,
        "excerpt": first.excerpt() or gettext("sent a file"),
        "when": first.created_at,
        "timestamp": iso(first.created_at),
    }
