"""A reaction is an emoji that a person put on a message."""

from django.conf import settings
from django.db import models


class Reaction(models.Model):
    message = models.ForeignKey("Message", models.CASCADE, related_name="reactions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reactions")
    emoji = models.CharField(max_length=32)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "user", "emoji"], name="one_reaction_per_person_and_emoji"
            )
        ]

    def __str__(self):
        return f"{self.emoji} on message {self.message_id}"
