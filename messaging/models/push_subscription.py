"""A push subscription is a browser that can be notified while no page is open, by the push service of its maker."""

from django.conf import settings
from django.db import models

from accounts.sessions.browser_names import words_for


class PushSubscription(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="push_subscriptions")
    # The session in which it was made: signing out there ends it.
    session_key = models.CharField(max_length=40, blank=True, db_index=True)
    endpoint = models.CharField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=200)
    auth = models.CharField(max_length=100)
    browser = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveSmallIntegerField(default=0, editable=False)
    # After failures, nothing is sent to it until then.
    resting_until = models.DateTimeField(null=True, editable=False)

    @property
    def kind(self):
        """The browser in words, as on the profile page."""
        return words_for(self.browser)

    def __str__(self):
        return f"browser {self.pk} of {self.user_id}"
