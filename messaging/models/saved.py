"""A saved message is one that somebody keeps for later, perhaps to be reminded of it at a time."""

from django.conf import settings
from django.db import models


class Saved(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved")
    message = models.ForeignKey("Message", models.CASCADE, related_name="saved")
    saved_at = models.DateTimeField(auto_now_add=True)
    remind_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True, editable=False)
    # Done with; that it is gone is news to the person's other browsers.
    done_at = models.DateTimeField(null=True, editable=False)
    inbox_revision = models.PositiveBigIntegerField(editable=False)

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "message"], name="a_message_is_saved_once_per_person")
        ]
        indexes = [models.Index(fields=["user", "inbox_revision"], name="saved_in_inbox")]

    def __str__(self):
        return f"message {self.message_id} saved by {self.user_id}"
