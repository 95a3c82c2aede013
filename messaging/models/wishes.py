"""One person's notification settings: push, sound, e-mail digests and quiet hours."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NotificationWishes(models.Model):
    class Digest(models.TextChoices):
        NEVER = "never", _("Never")
        SOON = "soon", _("A few minutes after")
        HOURLY = "hourly", _("At most once an hour")
        DAILY = "daily", _("Once a day")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="notification_wishes"
    )
    push = models.BooleanField(default=True)
    sound = models.BooleanField(default=True)
    digest = models.CharField(max_length=6, choices=Digest.choices, default=Digest.SOON)
    # Quiet hours in the person's time zone: from, until (perhaps past midnight), on weekdays such as "01234", Monday 0.
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    quiet_days = models.CharField(max_length=7, blank=True, default="0123456")
    digest_sent_at = models.DateTimeField(null=True, editable=False)
    inbox_revision = models.PositiveBigIntegerField(default=0, editable=False)

    def __str__(self):
        return f"wishes of {self.user_id}"
