"""A departure tells a person's inbox, and so all their browsers, that they are not in a conversation any more."""

from django.conf import settings
from django.db import models


class Departure(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="departures")
    conversation = models.ForeignKey("Conversation", models.CASCADE, related_name="departures")
    inbox_revision = models.PositiveBigIntegerField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "conversation"], name="one_departure_per_person_and_conversation"
            )
        ]
        indexes = [models.Index(fields=["user", "inbox_revision"], name="departure_in_inbox")]

    def __str__(self):
        return f"{self.user_id} out of {self.conversation_id}"
