"""An invitation asks a person into a room. If they accept, they become a member, even if they are not on its board."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from boards.models import BoardMembership

from .membership import Membership

MANAGERS = (BoardMembership.Role.OWNER, BoardMembership.Role.ADMIN)


class InvitationQuerySet(models.QuerySet):
    def standing(self):
        """Those that can be accepted: the room is not archived, and the person who invited may still add members."""
        inside = Membership.objects.filter(conversation=OuterRef("conversation"), user=OuterRef("invited_by"))
        on_board = BoardMembership.objects.filter(
            board=OuterRef("conversation__board"), user=OuterRef("invited_by")
        )
        looks_on = Exists(on_board.filter(role=BoardMembership.Role.VIEWER))
        runs_it = Exists(inside.filter(role=Membership.Role.MODERATOR)) & ~looks_on
        runs_board = Exists(on_board.filter(role__in=MANAGERS)) & (
            Q(conversation__is_private=False) | Exists(inside)
        )
        waiting = self.filter(state=Invitation.State.PENDING, conversation__archived_at=None)
        return waiting.filter(runs_it | runs_board, invited_by__is_active=True)


class Invitation(models.Model):
    class State(models.TextChoices):
        PENDING = "pending", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    conversation = models.ForeignKey("Conversation", models.CASCADE, related_name="invitations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.PENDING)
    created_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "user"],
                condition=Q(state="pending"),
                name="one_open_invitation_per_person_and_room",
            )
        ]

    def __str__(self):
        return f"{self.user_id} into {self.conversation_id} ({self.state})"
