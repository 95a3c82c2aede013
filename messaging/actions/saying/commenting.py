"""Keeping the number of comments on a task's card."""

from django.db import transaction
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from boards.actions import note_comment
from boards.models import Board

from ...models import Conversation, Message

MOST_AT_ONCE = 200


def count_comments(conversation):
    """Once this conversation's change is committed, in a transaction of its own: the board is never locked with it."""
    if conversation.is_task:
        # Django asks what fails here for its name, which a partial has not: a lambda.
        transaction.on_commit(lambda: _count(conversation), robust=True)


def recount_comments():
    """Of cards that show another number: a process died, or lost its database, before it had counted."""
    counted = _comments(OuterRef("pk")).order_by().values("conversation").annotate(count=Count("pk"))
    tasks = Conversation.objects.filter(kind=Conversation.Kind.TASK, task__archived_at=None)
    counts = tasks.annotate(count=Coalesce(Subquery(counted.values("count")), 0))
    miscounted = list(counts.exclude(task__comment_count=F("count"))[:MOST_AT_ONCE])
    for conversation in miscounted:
        _count(conversation)
    return len(miscounted)


@transaction.atomic
def _count(conversation):
    # Counted under the board's lock, so that the later of two comments is never overwritten by the earlier.
    Board.objects.select_for_update(no_key=True).get(pk=conversation.board_id)
    note_comment(task_id=conversation.task_id, count=_comments(conversation.pk).count())


def _comments(conversation_id):
    standing = Message.objects.filter(conversation=conversation_id, deleted_at=None)
    return standing.shown().exclude(kind=Message.Kind.SYSTEM)
