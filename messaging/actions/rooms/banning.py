"""Keeping a person out of a room, and letting them come back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actions import person
from boards.policy import MANAGERS

from ...models import Invitation
from ..changing import add_event
from ..notices.inboxes import lock_inboxes
from ..noting import note_in
from .ending import asked_by, end_invitations
from .members import membership_in, remove
from .opening import lock_room


@transaction.atomic
def ban_member(*, by, conversation_id, user_id):
    """Take a person out of the room; they come in by no way until the ban is lifted. What all on the board may read
    they may go on to read.
    """
    room = lock_room(conversation_id, by)
    membership = membership_in(room, user_id)
    _check_may_be_banned(room, by, membership.user)
    asked = list(room.invitations.filter(user=user_id, state=Invitation.State.PENDING))
    lock_inboxes({user_id, *asked_by(membership.user, [room])})  # at once all that `remove` locks
    end_invitations(asked)
    room.bans.create(user=membership.user, banned_by=by)
    sentence = _("{by} removed and banned {user}.")
    return remove(room, by, membership, sentence, word="room.person_banned")


@transaction.atomic
def lift_ban(*, by, conversation_id, user_id):
    """They may be let in again, or come by themselves where everybody may. Nothing happens if there is no ban."""
    room = lock_room(conversation_id, by)
    ban = room.bans.select_related("user").filter(user=user_id).first()
    if ban is not None:
        ban.delete()
        sentence, names = _("{by} lifted the ban of {user}."), {"user": ban.user.name}
        add_event(room, by, sentence, names, what="ban_lifted", user_id=user_id)
        note_in(room, "room.ban_lifted", by=by, on=person(ban.user))
    return room


def _check_may_be_banned(room, by, user):
    if user == by:
        raise ValidationError(_("You cannot ban yourself: leave the room instead."))
    if room.board.memberships.filter(user=user, role__in=MANAGERS).exists():
        raise ValidationError(
            _("%(name)s runs the board, and with it this room: nobody can ban them."),
            params={"name": user.name},
        )
