"""Who is in a room, and who runs it: added, joined, left, removed, made moderator."""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actions import person
from boards.policy import EDITORS

from ... import policy
from ...models import Membership
from ..changing import add_event
from ..notices.inboxes import lock_inboxes
from ..noting import note_in
from .ending import asked_by, end_those_of
from .joining import add_memberships, end_memberships
from .moderating import moderators_of
from .opening import lock_room

Role = Membership.Role


@transaction.atomic
def add_member(*, by, conversation_id, user_id):
    """Let a person into the room; who is not on the board becomes a guest of this room alone."""
    room = lock_room(conversation_id, by)
    user = get_user_model().objects.people().filter(pk=user_id).first()
    if user is None:
        raise ValidationError(_("There is no such person."))
    return _add(room, by, user, _("{by} added {user}."))


@transaction.atomic
def join_room(*, by, conversation_id):
    """Enter an open room of one's board."""
    room = lock_room(conversation_id, by, policy.READ)
    return _add(room, by, by, _("{by} joined."))


@transaction.atomic
def remove_member(*, by, conversation_id, user_id):
    """Take a person out of the room. Nothing that is said from here on reaches them."""
    room = lock_room(conversation_id, by)
    membership = membership_in(room, user_id)
    return remove(room, by, membership, _("{by} removed {user}."), word="room.person_removed")


@transaction.atomic
def leave_room(*, by, conversation_id):
    room = lock_room(conversation_id, by, policy.READ)
    return remove(room, by, membership_in(room, by.pk), _("{by} left."), word="room.left")


@transaction.atomic
def set_role(*, by, conversation_id, user_id, role):
    """Have a member run the room too, or no longer."""
    room = lock_room(conversation_id, by)
    membership = membership_in(room, user_id)
    if role not in Role.values:
        raise ValidationError(_("Please choose one of the roles."))
    if role == membership.role:
        return room
    user = membership.user
    if role == Role.MODERATOR:
        _check_may_run(room, user)
    else:
        _check_somebody_runs(room, membership)
    lock_inboxes(asked_by(user, [room]))
    membership.role = role
    membership.save(update_fields=["role"])
    is_given = role == Role.MODERATOR
    sentence = (
        _("{by} made {user} a moderator.") if is_given else _("{by} took the moderator's role from {user}.")
    )
    add_event(room, by, sentence, {"user": user.name}, what="role", user_id=user.pk, role=role)
    end_those_of([user], [room])
    note_in(room, "room.role_given", by=by, on=person(user), role=role)
    return room


def _add(room, by, user, sentence):
    if not room.memberships.filter(user=user).exists():
        check_not_banned(room, user, by)
        add_event(room, by, sentence, {"user": user.name}, what="member_added", user_id=user.pk)
        add_memberships([room], [user.pk])
        note_in(room, "room.joined" if user == by else "room.person_added", by=by, on=person(user))
    return room


def remove(room, by, membership, sentence, *, word):
    """`word` is what the audit log calls it."""
    _check_somebody_runs(room, membership)
    user = membership.user
    room.access += 1
    room.save(update_fields=["access"])
    add_event(room, by, sentence, {"user": user.name}, what="member_removed", user_id=user.pk)
    lock_inboxes({user.pk, *asked_by(user, [room])})
    end_memberships([room], user)
    end_those_of([user], [room])
    note_in(room, word, by=by, on=person(user))
    return room


def membership_in(room, user_id):
    membership = room.memberships.select_related("user").filter(user=user_id).first()
    if membership is None:
        raise PermissionDenied(_("That person is not in the room."))
    return membership


def check_not_banned(room, user, by):
    if not policy.is_banned(user, room):
        return
    if user == by:
        raise ValidationError(_("You are banned from this room: ask those who run it to let you in again."))
    raise ValidationError(
        _("%(name)s is banned from this room: lift the ban first."), params={"name": user.name}
    )


def _check_may_run(room, user):
    """Guests know nothing of the board, and whoever looks on changes nothing."""
    if not room.board.memberships.filter(user=user, role__in=EDITORS).exists():
        raise ValidationError(_("Only somebody who may write on the board can run its rooms."))


def _check_somebody_runs(room, membership):
    """A private room is run from within: the last who does cannot go while others are in it."""
    is_last = list(moderators_of(room)) == [membership]
    if room.is_private and is_last and room.memberships.exclude(pk=membership.pk).exists():
        raise ValidationError(_("Make somebody else a moderator first: a private room needs one."))
