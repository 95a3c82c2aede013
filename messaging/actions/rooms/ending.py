"""Invitations that end: by an answer, or because they do not stand any more."""

from django.utils import timezone

from ...models import Invitation, Notification
from ..notices.putting_away import withdraw

State = Invitation.State


def end_invitations(invitations, state=State.WITHDRAWN):
    """Their rooms must be locked. What told of them is no longer news, on any screen."""
    ids = [invitation.pk for invitation in invitations]
    if ids:
        Invitation.objects.filter(pk__in=ids).update(state=state, answered_at=timezone.now())
        withdraw(Notification.objects.filter(invitation__in=ids))


def end_those_of(users, rooms):
    """Where one of these lost the right to choose a room's people, nobody comes in by their word any more."""
    end_invitations(fallen_in(rooms).filter(invited_by__in=users))


def fallen_in(rooms):
    """What waits for an answer though whoever asked may not ask into these rooms any more."""
    here = Invitation.objects.filter(conversation__in=rooms)
    return here.filter(state=State.PENDING).exclude(pk__in=here.standing().values("pk"))


def asked_by(user, rooms):
    """The ids of those whom the person asked into these rooms, and who have not answered."""
    asked = Invitation.objects.filter(conversation__in=rooms, invited_by=user, state=State.PENDING)
    return set(asked.values_list("user_id", flat=True))
