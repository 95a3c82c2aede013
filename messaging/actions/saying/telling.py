"""Whom a new message concerns besides those it mentions: who is answered, who is addressed, who hears everything."""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from live.database.many import insert

from ...models import Conversation, Errand, Membership, Notification
from ..notices.notifying import PATIENCE, count_anew, notify
from .calling import called

Kind = Notification.Kind
SHARED_FOR = timedelta(seconds=3)  # well below PATIENCE: it runs after all that it serves was written
MOST_SERVED = 10_000
_served = {}  # conversation id: until when an errand of this process serves what is said there


def look_whom_it_concerns(candidates):
    """Note in each candidate whom it concerns: {kind: user ids}. All of them are locked before anybody is told."""
    waiting = _not_told_yet({one.conversation for one in candidates if _is_direct(one.conversation)})
    for candidate in candidates:
        if candidate.answered and candidate.answered.author_id:
            candidate.concerns[Kind.REPLY] = {candidate.answered.author_id}
        people = waiting.get(candidate.conversation_id, set())
        if others := people - {candidate.author.pk}:
            people -= others  # one who speaks first waits on for the words of the others
            candidate.concerns[Kind.DIRECT] = others
        if everybody := called(candidate.conversation, candidate.parsed.groups(candidate.people)):
            candidate.concerns[Kind.EVERYBODY] = everybody - {user.pk for user in candidate.people.values()}


def everybody_concerned(candidates):
    """The ids of those whose inboxes are changed before all of it is committed."""
    ids = {user.pk for candidate in candidates for user in candidate.people.values()}
    ids.update(*(candidate.post.inboxes for candidate in candidates))
    return ids.union(*(people for candidate in candidates for people in candidate.concerns.values()))


def tell_whom_it_concerns(candidate):
    for kind, people in candidate.concerns.items():
        notify(kind, people, message=candidate.outcome)


def notify_assignee(*, task, user, by):
    """One notice, until it is read, however often the card is given away and back."""
    if not user.notifications.filter(kind=Kind.ASSIGNMENT, task=task, read_at=None).exists():
        notify(Kind.ASSIGNMENT, [user.pk], task=task, actor=by)


def count_card_anew(*, task):
    """Nobody is told of an archived card; when it comes back, those are again who have not read what is to be told."""
    count_anew(Notification.objects.filter(task=task))


def ring(messages):
    """Have those browsers woken, a little later, whose people want to hear of everything said in a conversation.

    One errand, named by the first message, serves all that this process writes in the next seconds, however many people
    there are; the errand of another process takes over from it.
    """
    now, first = timezone.now(), {}
    for message in messages:
        if _served.get(message.conversation_id, now) <= now:
            first.setdefault(message.conversation_id, message)
    if first:
        due = {"verb": Errand.Verb.RING.value, "due_at": now + PATIENCE}
        insert([Errand(noun_id=message.pk, **due) for message in first.values()])
        transaction.on_commit(partial(_serve, list(first), now + SHARED_FOR))


def _serve(conversation_ids, until):
    if len(_served) > MOST_SERVED:
        _served.clear()
    _served.update(dict.fromkeys(conversation_ids, until))


def _is_direct(conversation):
    return conversation.kind == Conversation.Kind.DIRECT


def _not_told_yet(directs):
    """{conversation id: those who have no unread notice of it}: one is enough, however much is written."""
    if not directs:
        return {}
    unread = Notification.objects.filter(
        user=OuterRef("user"), kind=Kind.DIRECT, read_at=None, message__conversation=OuterRef("conversation")
    )
    people = {}
    untold = Membership.objects.filter(~Exists(unread), conversation__in=directs)
    for conversation_id, user_id in untold.values_list("conversation", "user"):
        people.setdefault(conversation_id, set()).add(user_id)
    return people
