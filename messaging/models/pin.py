"""A pin keeps a message at hand for everybody in its conversation."""

from django.conf import settings
from django.db import models


class Pin(models.Model):
    message = models.OneToOneField("Message", models.CASCADE, primary_key=True, related_name="pin")
    conversation = models.ForeignKey("Conversation", models.CASCADE, related_name="pins")
    pinned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # Stays when the account is deleted.
    pinned_by_name = models.CharField(max_length=150)
    pinned_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pinned_at"]

    def __str__(self):
        return f"pin on message {self.message_id}"
