"""Invitations that end: by an answer, or because they do not stand any more."""

from django.utils import timezone

from ..models import Invitation, Notification
from .putting_away import withdraw

State = Invitation.State


def end_invitations(invitations, state=State.WITHDRAWN):
    """Their rooms must be locked. What told of them is no longer news, on any screen."""
    ids = [invitation.pk for invitation in invitations]
    if ids:
        Invitation.objects.filter(pk__in=ids).update(state=state, answered_at=timezone.now())
        withdraw(Notification.objects.filter(invitation__in=ids))


def end_those_of(room, user):
    """The person lost the right to choose the room's people: nobody comes in by their word any more."""
    asked = room.invitations.filter(state=State.PENDING, invited_by=user)
    end_invitations(asked.exclude(pk__in=room.invitations.standing().values("pk")))
