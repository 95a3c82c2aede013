"""A notification tells one person that something was about them."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from .conversation import Conversation


class NotificationQuerySet(models.QuerySet):
    def readable(self):
        """Those whose person may still read what they are about: a mention is no key to a room one was put out of."""
        about = Conversation.objects.filter(pk=OuterRef("message__conversation"))
        return self.filter(Exists(about.open_to(OuterRef(OuterRef("user")))))

    def unreadable(self):
        return self.exclude(pk__in=self.readable().values("pk"))


class Notification(models.Model):
    class Kind(models.TextChoices):
        MENTION = "mention", "Mention"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.MENTION)
    message = models.ForeignKey("Message", models.CASCADE, related_name="notifications")
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, editable=False)
    emailed_at = models.DateTimeField(null=True, editable=False)
    # The person's inbox revision when this was last changed, and when it came.
    inbox_revision = models.PositiveBigIntegerField(editable=False)
    inbox_born = models.PositiveBigIntegerField(editable=False)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "message", "kind"], name="one_notification_per_person_and_message"
            )
        ]
        indexes = [
            models.Index(fields=["user", "inbox_revision"], name="notification_in_inbox"),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notification_unread"),
        ]

    def __str__(self):
        return f"{self.kind} for {self.user_id}"
