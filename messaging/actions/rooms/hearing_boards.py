"""Whether a room is told what is done on its board."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ..changing import add_event
from .opening import lock_room

HEARS = _("{by} decided: what is done on the board is told here from now on.")
IGNORES = _("{by} decided: what is done on the board is not told here any more.")


@transaction.atomic
def hear_board(*, by, conversation_id, hears):
    """From now on, or no longer. What was told stays."""
    room = lock_room(conversation_id, by)
    if room.hears_board == hears:
        return room
    room.heard_revision = room.board.revision if hears else None
    room.save(update_fields=["heard_revision"])
    add_event(room, by, HEARS if hears else IGNORES, what="hearing", hears=hears)
    return room
