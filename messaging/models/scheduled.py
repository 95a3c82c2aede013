"""A scheduled message is a message that will be posted at a later time."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Scheduled(models.Model):
    conversation = models.ForeignKey("Conversation", models.CASCADE, related_name="scheduled")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="scheduled")
    # The client_id with which it will be posted, so that a retry posts no second message.
    client_id = models.UUIDField(default=uuid.uuid4, unique=True)
    # Empty once it is posted or cancelled: the text is that of the message then, or is deleted.
    body = models.TextField()
    reply_to = models.ForeignKey("Message", models.SET_NULL, null=True, related_name="+")
    send_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    # What became of it: posted, cancelled by its author, or the reason why it could not be posted.
    message = models.OneToOneField("Message", models.SET_NULL, null=True, related_name="scheduled")
    sent_at = models.DateTimeField(null=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    refusal = models.CharField(max_length=200, blank=True, editable=False)
    inbox_revision = models.PositiveBigIntegerField(editable=False)

    class Meta:
        ordering = ["send_at", "id"]
        indexes = [
            models.Index(fields=["author", "inbox_revision"], name="scheduled_in_inbox"),
            models.Index(
                fields=["send_at"], condition=Q(sent_at=None, cancelled_at=None), name="scheduled_waiting"
            ),
        ]

    def __str__(self):
        return f"scheduled for {self.send_at:%Y-%m-%d %H:%M} in {self.conversation_id}"
