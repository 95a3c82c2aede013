"""Whether every count that is told is right: counted again from the log, in the plainest way, and compared."""

import time
from collections import Counter
from typing import NamedTuple

from django.contrib.auth import get_user_model

from boards.models import BoardMembership, Task
from live.database.snapshot import snapshot

from ..models import Conversation, Membership, Message, Notification
from . import notices, places

Kind = Conversation.Kind
MOMENT = 1.0  # seconds between what seems wrong and a second look


class Drift(NamedTuple):
    """One number that is told wrongly. `person` and `place` are ids, or None where it is nobody's or nowhere."""

    what: str
    person: int | None
    place: int | None
    told: int
    true: int

    def __str__(self):
        whose = f" of person {self.person}" if self.person else ""
        return f"{self.what}{whose} in conversation {self.place}: told {self.told}, true {self.true}"


def drifts():
    """Every number that is told wrongly, one after the other."""
    log = Log()
    for user in _people().iterator():
        yield from _of_person(log, user)
    yield from _of_cards(log)


def go_through(after, seconds):
    """Check the numbers of some people, for about so many seconds, beginning after the person whose id is `after`.

    Returns (the Drifts that are certain, the id of the last person, or None after the last of all). With the last of
    all people the cards are checked too.
    """
    ends = time.monotonic() + seconds
    with snapshot():
        log, found, last = Log(), [], after
        for user in _people().filter(pk__gt=after).iterator():
            found += _of_person(log, user)
            last = user.pk
            if time.monotonic() >= ends:
                break
        else:
            found += _of_cards(log)
            last = None
    return (_surely(found) if found else []), last


def _surely(found):
    """Those that are still wrong a moment later: the comments of a card, for one, are counted after the commit."""
    time.sleep(MOMENT)
    known, people = {drift[:3] for drift in found}, {drift.person for drift in found}
    with snapshot():
        log = Log()
        again = [
            drift for user in _people().filter(pk__in=people - {None}) for drift in _of_person(log, user)
        ]
        again += _of_cards(log) if None in people else []
    return [drift for drift in again if drift[:3] in known]


def _people():
    return get_user_model().objects.filter(is_active=True).order_by("pk")


class Log:
    """What counts as said in each conversation: (seq, author), in the order of the log."""

    def __init__(self):
        self.conversations = {one.pk: one for one in Conversation.objects.select_related("task")}
        self._said = {}

    def said(self, id):
        if id not in self._said:
            rows = Message.objects.filter(conversation=id).order_by("seq")
            values = rows.values_list("seq", "author_id", "kind", "deleted_at")
            cleared = self.conversations[id].cleared_seq
            self._said[id] = [
                (seq, author)
                for seq, author, kind, gone in values
                if seq > cleared and kind != Message.Kind.SYSTEM and gone is None
            ]
        return self._said[id]


def _of_person(log, user):
    told = {place["conversation_id"]: place for place in places.places_of(user)}
    cursors = dict(Membership.objects.filter(user=user).values_list("conversation", "read_seq"))
    boards = set(BoardMembership.objects.filter(user=user).values_list("board", flat=True))
    theirs = {id for id, one in log.conversations.items() if _is_theirs(one, cursors, boards)}
    mentions = _mentions(log, user, cursors, boards)
    for id in sorted(theirs | set(told)):
        place = told.get(id, {"unread": -1, "mentions": -1, "read_seq": -1})
        read_seq = cursors.get(id, 0)
        unread = (
            sum(seq > read_seq and author != user.pk for seq, author in log.said(id)) if id in theirs else -1
        )
        yield from _compared("unread", user.pk, id, place["unread"], unread)
        yield from _compared("mentions", user.pk, id, place["mentions"], mentions[id] if id in theirs else -1)
        beyond = max(0, read_seq - log.conversations[id].last_seq)
        yield from _compared("read beyond the end", user.pk, id, 0, beyond)
    bell = notices.unread_count(user.pk)
    yield from _compared("notifications", user.pk, None, bell, sum(places.unread_mentions(user).values()))


def _is_theirs(conversation, cursors, boards):
    if conversation.archived_at:
        return False
    if conversation.kind == Kind.TASK:
        return conversation.board_id in boards and conversation.task.archived_at is None
    return conversation.pk in cursors


def _mentions(log, user, cursors, boards):
    """{conversation: unread notifications about what was said there}; none is left of what is read, gone or closed."""
    unread = Notification.objects.filter(user=user, read_at=None, message__isnull=False)
    about_now = unread.exclude(kind=Notification.Kind.REMINDER)
    counted = Counter()
    for id, seq in about_now.values_list("message__conversation", "message__seq"):
        conversation = log.conversations[id]
        is_member = conversation.kind != Kind.TASK and id in cursors
        if is_member or (not conversation.is_private and conversation.board_id in boards):
            counted[id] += any(seq == one for one, _ in log.said(id))
    return counted


def _of_cards(log):
    """The number of comments on a card is kept with it, and so may go wrong."""
    kept = dict(Task.objects.values_list("pk", "comment_count"))
    for id, conversation in log.conversations.items():
        if conversation.kind == Kind.TASK:
            yield from _compared("comments", None, id, kept[conversation.task_id], len(log.said(id)))


def _compared(what, person, place, told, true):
    if told != true:
        yield Drift(what, person, place, told, true)
