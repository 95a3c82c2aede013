"""An invitation asks a person into a room; who accepts becomes a member, also without being on its board."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Invitation(models.Model):
    class State(models.TextChoices):
        PENDING = "pending", "Waiting for an answer"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"

    conversation = models.ForeignKey("Conversation", models.CASCADE, related_name="invitations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.PENDING)
    created_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, editable=False)

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
