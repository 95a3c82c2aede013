"""Keeping the number of comments on a task's card."""

from django.db import transaction

from boards.actions import note_comment
from boards.models import Board

from ..models import Message


def count_comments(conversation):
    """Once this conversation's change is committed, in a transaction of its own: the board is never locked with it."""
    if conversation.is_task:
        # Django asks what fails here for its name, which a partial has not: a lambda.
        transaction.on_commit(lambda: _count(conversation), robust=True)


@transaction.atomic
def _count(conversation):
    # Counted under the board's lock, so that the later of two comments is never overwritten by the earlier.
    Board.objects.select_for_update().get(pk=conversation.board_id)
    comments = Message.objects.filter(conversation=conversation, deleted_at=None)
    count = comments.shown().exclude(kind=Message.Kind.SYSTEM).count()
    note_comment(task_id=conversation.task_id, count=count)
