"""A ban keeps a person out of a room until it is lifted, however they try to come back."""

from django.conf import settings
from django.db import models


class Ban(models.Model):
    conversation = models.ForeignKey("Conversation", models.CASCADE, related_name="bans")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bans")
    banned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "user"], name="one_ban_per_person_and_room")
        ]

    def __str__(self):
        return f"{self.user_id} not into {self.conversation_id}"
