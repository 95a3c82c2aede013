"""A saved message is one that somebody keeps for later, perhaps to be reminded of it at a time."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from .conversation import Conversation


class SavedQuerySet(models.QuerySet):
    def of(self, user):
        """What this person saved, but for what they may not read any more or what was cleared away."""
        about = Conversation.objects.filter(pk=OuterRef("message__conversation")).open_to(user)
        return self.filter(Exists(about.filter(cleared_seq__lt=OuterRef("message__seq"))), user=user)


class Saved(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved")
    message = models.ForeignKey("Message", models.CASCADE, related_name="saved")
    saved_at = models.DateTimeField(auto_now_add=True)
    remind_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True, editable=False)
    # Done with; that it is gone is news to the person's other browsers.
    done_at = models.DateTimeField(null=True, editable=False)
    inbox_revision = models.PositiveBigIntegerField(editable=False)

    objects = SavedQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "message"], name="a_message_is_saved_once_per_person")
        ]
        indexes = [models.Index(fields=["user", "inbox_revision"], name="saved_in_inbox")]

    def __str__(self):
        return f"message {self.message_id} saved by {self.user_id}"
