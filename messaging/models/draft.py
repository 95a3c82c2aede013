"""A draft is a text that somebody has begun to write in a conversation, and can finish in any of their browsers."""

from django.conf import settings
from django.db import models


class Draft(models.Model):
    conversation = models.ForeignKey("Conversation", models.CASCADE, related_name="drafts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    # Empty once it is posted or discarded. The row stays, so that the other browsers are told.
    body = models.TextField(blank=True)
    reply_to = models.ForeignKey("Message", models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    inbox_revision = models.PositiveBigIntegerField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "user"], name="one_draft_per_person_and_conversation"
            )
        ]
        indexes = [models.Index(fields=["user", "inbox_revision"], name="draft_in_inbox")]

    def __str__(self):
        return f"draft of {self.user_id} in {self.conversation_id}"
