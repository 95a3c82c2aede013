"""Asking people into a room, and their answers."""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actions import name_of, person

from ...models import Conversation, Invitation, Notification
from ..changing import add_event, lock_conversation
from ..notices.inboxes import lock_inboxes
from ..notices.notifying import notify
from ..noting import note_in
from .ending import end_invitations
from .joining import add_memberships, tell_anew
from .members import check_not_banned
from .opening import lock_room

State = Invitation.State
MOST_WAITING = 100  # invitations of one room without an answer
ENDED = _("This invitation does not stand any more.")


@transaction.atomic
def invite(*, by, conversation_id, user_id):
    """Ask this person in, on the board or not. Whether there is such a person, and where, makes no difference that the
    caller could see.
    """
    room = lock_room(conversation_id, by)
    if room.archived_at is not None:
        raise PermissionDenied(_("This room is archived."))
    waiting = room.invitations.standing()
    if waiting.count() >= MOST_WAITING:
        raise ValidationError(_("Too many invitations wait for an answer: withdraw some first."))
    user = get_user_model().objects.people().filter(pk=user_id).exclude(pk=by.pk).first()
    is_asked = waiting.filter(user=user_id).exists() or room.memberships.filter(user=user_id).exists()
    if user is not None and not is_asked:
        check_not_banned(room, user, by)
        fallen = room.invitations.filter(user=user, state=State.PENDING)  # whoever asked may not any more
        end_invitations(fallen)
        invitation = room.invitations.create(user=user, invited_by=by)
        notify(Notification.Kind.INVITATION, [user.pk], invitation=invitation, actor=by)
    return room


@transaction.atomic
def accept_invitation(*, by, invitation_id):
    """Enter the room; the past is not unread."""
    invitation, room = _lock_mine(invitation_id, by)
    end_invitations([invitation], State.ACCEPTED)
    if not room.memberships.filter(user=by).exists():
        told = {"what": "member_added", "user_id": by.pk}
        add_event(
            room, by, _("{by} joined, invited by {host}."), {"host": invitation.invited_by.name}, **told
        )
        add_memberships([room], [by.pk])
        note_in(room, "room.joined", by=by, on=person(by), invited_by=name_of(invitation.invited_by))
    return room


@transaction.atomic
def decline_invitation(*, by, invitation_id):
    """Stay out; those who choose the room's people see the answer there, and nobody is woken by it."""
    invitation, room = _lock_mine(invitation_id, by)
    lock_inboxes([by.pk, invitation.invited_by_id])
    end_invitations([invitation], State.DECLINED)
    tell_anew(room, invitation.invited_by_id)
    return invitation


@transaction.atomic
def withdraw_invitation(*, by, invitation_id):
    """Take back what was not answered; anybody who chooses the room's people may."""
    room = lock_room(_room_of(invitation_id), by)
    end_invitations(room.invitations.filter(pk=invitation_id, state=State.PENDING))
    return room


def _lock_mine(invitation_id, by):
    """(invitation, room), both as they are under the room's lock; the same refusal whatever is wrong with it."""
    conversation_id = _room_of(invitation_id, user=by)
    if conversation_id is None:
        raise PermissionDenied(ENDED)
    room = lock_conversation(conversation_id)
    standing = room.invitations.standing().select_related("invited_by")
    invitation = standing.filter(pk=invitation_id, user=by).first()
    if invitation is None or room.kind != Conversation.Kind.ROOM:
        raise PermissionDenied(ENDED)
    return invitation, room


def _room_of(invitation_id, **whose):
    found = Invitation.objects.filter(pk=invitation_id, **whose)
    return found.values_list("conversation_id", flat=True).first()
