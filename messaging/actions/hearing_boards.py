"""Whether a room is told what is done on its board."""

from django.db import transaction

from .changing import add_event
from .rooms import lock_room


@transaction.atomic
def hear_board(*, by, conversation_id, hears):
    """From now on, or no longer. What was told stays."""
    room = lock_room(conversation_id, by)
    if room.hears_board == hears:
        return room
    room.heard_revision = room.board.revision if hears else None
    room.save(update_fields=["heard_revision"])
    told = "is told here from now on" if hears else "is not told here any more"
    add_event(room, by, f"{by.name} decided: what is done on the board {told}.", what="hearing", hears=hears)
    return room
