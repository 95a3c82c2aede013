"""A private room is run by moderators from among its members, as long as they may write on the board."""

from django.utils.translation import gettext_lazy as _

from accounts.actions import person
from boards.models import BoardMembership
from boards.policy import EDITORS

from ...models import Membership
from ..changing import add_event
from ..noting import note_in

Role = Membership.Role


def able_to_run(room):
    """The memberships of those who may run the room: neither guests, who are not on the board, nor its viewers."""
    on_board = BoardMembership.objects.filter(board=room.board_id, role__in=EDITORS)
    return room.memberships.filter(user__in=on_board.values("user"), user__is_active=True)


def moderators_of(room):
    return able_to_run(room).filter(role=Role.MODERATOR)


def keep_moderated(room):
    """A private room that nobody runs any more is run by whoever of the board was in it longest.

    Where nobody inside may, it waits for somebody inside who may again: nobody is let in to what was said there.
    The room must be locked, and before it is kept run the inboxes that are changed with it.
    """
    if not room.is_private or moderators_of(room).exists():
        return
    heir = able_to_run(room).order_by("joined_at", "pk").select_related("user").first()
    if heir is not None:
        heir.role = Role.MODERATOR
        heir.save(update_fields=["role"])
        told = {"what": "role", "user_id": heir.user_id, "role": Role.MODERATOR}
        add_event(room, heir.user, _("{by} runs the room now."), **told)
        note_in(room, "room.run_on", by=None, on=person(heir.user))
