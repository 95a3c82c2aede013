"""What is done on a board is told in its rooms: noted with the change, folded into one line of each a little later.

A room counts by the revisions of its board how far it was told, so nothing is told twice, and nothing lost.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from boards.models import Board, Task
from live.language import for_everybody

from ... import activity
from ...models import Activity, Conversation, Errand, Message
from ...queries import snapshots
from ..changing import add_message, change_message, lock_conversation, tell

What = Activity.What
STRETCH = timedelta(hours=1)  # of what one line tells, if nobody speaks before
WAITING = {"verb": Errand.Verb.FOLD, "done_at": None, "attempts": 0}


def note_activity(what, *, task, by, to=""):
    """In the transaction that changes the card, under the lock of its board."""
    if not _rooms_that_hear(task.board_id).exists():
        return
    deed = {"what": what, "by": by, "task": task, "title": task.title, "to": to}
    Activity.objects.create(board_id=task.board_id, revision=task.revision, **deed)
    # Whoever takes up the errand waits for the board's lock before it looks what there is to tell.
    if not Errand.objects.filter(noun_id=task.board_id, **WAITING).exists():
        Errand.objects.create(noun_id=task.board_id, verb=Errand.Verb.FOLD)


def note_move(*, task, before, by):
    """`before` is the column it comes from; within a column nothing is told."""
    if before == task.column:
        return
    is_finished = task.column.is_done and not before.is_done
    note_activity(What.FINISHED if is_finished else What.MOVED, task=task, by=by, to=task.column.title)


def note_assignment(*, task, user, by):
    """Who makes a card for themselves has only made a card."""
    if user != by:
        note_activity(What.GIVEN, task=task, by=by, to=user.name)
    elif task.why != Task.Why.CREATED:
        note_activity(What.TAKEN, task=task, by=by)


def fold_activity(board_id):
    """Tell each room of the board what it has not been told; safe to repeat."""
    noted = _noted(board_id)
    for room_id in list(_rooms_that_hear(board_id).order_by("pk").values_list("pk", flat=True)):
        _tell(room_id, noted)
    Activity.objects.filter(pk__in=[one.pk for one in noted]).delete()


@transaction.atomic
def _noted(board_id):
    Board.objects.select_for_update(no_key=True).filter(pk=board_id).first()
    return list(Activity.objects.filter(board=board_id).select_related("by"))


@transaction.atomic
def _tell(room_id, noted):
    room = lock_conversation(room_id)
    news = [one for one in noted if room.hears_board and one.revision > room.heard_revision]
    if not news:
        return
    room.heard_revision = news[-1].revision
    room.save(update_fields=["heard_revision"])
    if not _has_guests(room):
        _fold(room, [activity.deed_of(one) for one in news])


def _fold(room, deeds):
    line = _open_line(room)
    event = activity.told(line and line.event, deeds)
    with for_everybody():
        shown = {"event": event, "body": activity.sentence(event), "html": activity.html(event)}
    if line is None:
        kind = Message.Kind.SYSTEM
        line = add_message(room, author=None, author_name=room.board.name, kind=kind, **shown)
        tell(room, snapshots.snapshot(line, room))
    else:
        for field, value in shown.items():
            setattr(line, field, value)
        change_message(room, line, Message.Why.EDITED, shown)


def _open_line(room):
    """The line that is still told on: nothing was said after it, and it did not begin too long ago."""
    last = room.messages.filter(seq=room.last_seq, seq__gt=room.cleared_seq, kind=Message.Kind.SYSTEM)
    line = last.filter(deleted_at=None, created_at__gt=timezone.now() - STRETCH).first()
    return line if line and (line.event or {}).get("what") == "activity" else None


def _has_guests(room):
    """Guests do not see the board, and so nothing of it is told where they listen."""
    on_board = room.board.memberships.values("user")
    return room.memberships.filter(user__is_active=True).exclude(user__in=on_board).exists()


def _rooms_that_hear(board_id):
    return Conversation.objects.filter(board=board_id, heard_revision__isnull=False, archived_at=None)
