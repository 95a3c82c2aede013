"""A page of a conversation's history. Places are gapless, so every page is one range of them."""

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import cached_property

from django.db.models import Q
from django.utils import timezone

from live.database.question import Question

from .. import frames
from ..models import Message
from . import snapshots

PAGE = 50
LARGEST = 200
RUN = timedelta(minutes=5)  # within which the same person's messages stand together


@dataclass(frozen=True)
class Page:
    first_seq: int
    last_seq: int
    more_before: bool
    more_after: bool
    said: list = field(default_factory=list)
    shows_first_unread: bool = False  # whatever lies before it

    @cached_property
    def messages(self):
        return [frames.chat_message(one) for one in self.said]

    @property
    def edges(self):
        return {key: getattr(self, key) for key in ("first_seq", "last_seq", "more_before", "more_after")}


def page_of(conversation, *, before=None, after=None, around=None, limit=PAGE):
    """The newest page, or the one before, after or around a place. `conversation` says what there is to see."""
    lowest, highest = conversation.cleared_seq + 1, conversation.last_seq
    if before is not None:
        last = min(before - 1, highest)
        first = last - limit + 1
    elif after is not None:
        first = max(after + 1, lowest)
        last = first + limit - 1
    elif around is not None:
        first = max(min(around - limit // 2, highest - limit + 1), lowest)
        last = first + limit - 1
    else:
        first, last = highest - limit + 1, highest
    return _page(conversation, max(first, lowest), min(last, highest))


def first_of_day(conversation, day, zone=None):
    """The place of the first message of a day (a date, in that zone or the reader's), or of a later one; the last place
    when nothing was said since. Times rise with the places, so it is found by halving.
    """
    begins = datetime.combine(day, time.min, tzinfo=zone or timezone.get_current_timezone())
    low, high = conversation.cleared_seq + 1, conversation.last_seq
    while low < high:
        middle = (low + high) // 2
        said_at = conversation.messages.filter(seq=middle).values_list("created_at", flat=True).first()
        low, high = (low, middle) if said_at and said_at >= begins else (middle + 1, high)
    return low


def opening_page(conversation, reader):
    """The page around the first unread message, or the newest one if it shows that. The conversation was found
    `with_roles`; whoever has no place of their own in it begins at the end.
    """
    begins = max(conversation.read_seq, conversation.cleared_seq)
    has_place = conversation.is_task or conversation.member_role is not None
    if not has_place or begins + PAGE >= conversation.last_seq:
        return page_of(conversation)
    page = page_of(conversation, around=begins + 1)
    if not any(one["seq"] > begins and _counts_as_unread(one, reader) for one in page.said):
        seq = _first_unread(conversation, reader, page.last_seq)
        page = page_of(conversation, around=seq)
    return replace(page, shows_first_unread=page.more_after)


def _first_unread(conversation, reader, after):
    unread = conversation.messages.filter(Q(author=None) | ~Q(author=reader), seq__gt=after, deleted_at=None)
    said = unread.exclude(kind=Message.Kind.SYSTEM).order_by("seq")
    return said.values_list("seq", flat=True).first()


def _page(conversation, first, last):
    here = HERE.ask(conversation_id=conversation.pk, first=first, last=last) if first <= last else []
    for message in here:
        message.conversation = conversation
    return Page(
        first_seq=first,
        last_seq=last,
        more_before=first > conversation.cleared_seq + 1,
        more_after=last < conversation.last_seq,
        said=snapshots.snapshots_of(here),
    )


def _here(conversation_id, first, last):
    return Message.objects.filter(conversation=conversation_id, seq__range=(first, last)).order_by("seq")


HERE = Question(_here, conversation_id=int, first=int, last=int)


def rows(page, *, reader, read_seq):
    """The page's messages as a template draws them: with days, runs and the place where the unread ones begin."""
    drawn, before = [], None
    seen_unread = page.more_before and page.first_seq > read_seq + 1 and not page.shows_first_unread
    for one, frame in zip(page.said, page.messages, strict=True):
        day = timezone.localtime(one["when"]).date()
        new_day = before is None or day != timezone.localtime(before["when"]).date()
        starts_unread = not seen_unread and one["seq"] > read_seq and _counts_as_unread(one, reader)
        seen_unread = seen_unread or starts_unread
        drawn.append(
            {
                **frame,
                "when": one["when"],
                "day": day if new_day else None,
                "starts_run": new_day or starts_unread or not _same_run(before, one),
                "is_unread_start": starts_unread,
            }
        )
        before = one
    return drawn


def _same_run(before, one):
    people = {(before["kind"] == "system", before["user_id"]), (one["kind"] == "system", one["user_id"])}
    return len(people) == 1 and one["when"] - before["when"] < RUN and not one["reply_to"]


def _counts_as_unread(one, reader):
    return one["kind"] != "system" and not one["deleted_at"] and one["user_id"] != reader.pk
