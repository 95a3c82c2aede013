"""A mention is the name, in a message, of a person who may read it."""

from django.conf import settings
from django.db import models


class Mention(models.Model):
    message = models.ForeignKey("Message", models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentions")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["message", "user"], name="one_mention_per_person_and_message")
        ]

    def __str__(self):
        return f"{self.user_id} in message {self.message_id}"
