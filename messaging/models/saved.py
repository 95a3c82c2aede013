"""A saved message is one that somebody keeps for later, perhaps with a reminder."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from .conversation import Conversation


class SavedQuerySet(models.QuerySet):
    def of(self, user):
        """What this person saved, without messages that they may not read any more or that were cleared."""
        return self.filter(_is_there_for(user), user=user)

    def due(self, now):
        """Those whose reminder is due. It waits while the person may not read the message."""
        waiting = self.filter(WAITS, remind_at__lte=now, message__deleted_at=None)
        return waiting.filter(_is_there_for(OuterRef(OuterRef("user"))), user__is_active=True)


def _is_there_for(user):
    about = Conversation.objects.filter(pk=OuterRef("message__conversation")).open_to(user)
    return Exists(about.filter(cleared_seq__lt=OuterRef("message__seq")))


WAITS = Q(remind_at__isnull=False, reminded_at=None, done_at=None)


class Saved(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved")
    message = models.ForeignKey("Message", models.CASCADE, related_name="saved")
    saved_at = models.DateTimeField(auto_now_add=True)
    remind_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True, editable=False)
    # When the person was done with it. The row stays, so that their other browsers are told.
    done_at = models.DateTimeField(null=True, editable=False)
    inbox_revision = models.PositiveBigIntegerField(editable=False)

    objects = SavedQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "message"], name="a_message_is_saved_once_per_person")
        ]
        indexes = [
            models.Index(fields=["user", "inbox_revision"], name="saved_in_inbox"),
            models.Index(fields=["remind_at"], condition=WAITS, name="saved_to_be_reminded_of"),
        ]

    def __str__(self):
        return f"message {self.message_id} saved by {self.user_id}"
