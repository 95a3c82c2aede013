"""Who is in a room: invited, joined, left, removed."""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from .. import policy
from .changing import add_event
from .joining import add_memberships, end_memberships
from .rooms import lock_room


@transaction.atomic
def add_member(*, by, conversation_id, user_id):
    """Invite a person into the room; who is not on the board becomes a guest of this room alone."""
    room = lock_room(conversation_id, by)
    user = get_user_model().objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise ValidationError("There is no such person.")
    return _add(room, by, user, f"{by.name} added {user.name}.")


@transaction.atomic
def join_room(*, by, conversation_id):
    """Enter an open room of one's board."""
    room = lock_room(conversation_id, by, policy.READ)
    return _add(room, by, by, f"{by.name} joined.")


@transaction.atomic
def remove_member(*, by, conversation_id, user_id):
    """Take a person out of the room. Nothing that is said from here on reaches them."""
    room = lock_room(conversation_id, by)
    user = _member(room, user_id)
    return _remove(room, by, user, f"{by.name} removed {user.name}.")


@transaction.atomic
def leave_room(*, by, conversation_id):
    room = lock_room(conversation_id, by, policy.READ)
    return _remove(room, by, _member(room, by.pk), f"{by.name} left.")


def _add(room, by, user, sentence):
    if not room.memberships.filter(user=user).exists():
        add_event(room, by, sentence, what="member_added", user_id=user.pk)
        add_memberships([room], [user.pk])
    return room


def _remove(room, by, user, sentence):
    room.access += 1
    room.save(update_fields=["access"])
    add_event(room, by, sentence, what="member_removed", user_id=user.pk)
    end_memberships([room], user)
    return room


def _member(room, user_id):
    membership = room.memberships.select_related("user").filter(user=user_id).first()
    if membership is None:
        raise PermissionDenied("That person is not in the room.")
    return membership.user
