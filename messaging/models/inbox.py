"""An inbox is the stream of what is one person's alone: their places in conversations and what was about them."""

from django.conf import settings
from django.db import models


class Inbox(models.Model):
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="inbox"
    )
    # The number of the latest personal change; gapless, taken under this row's lock.
    revision = models.PositiveBigIntegerField(default=0, editable=False)
    # The one at which somebody was last told to be called or look otherwise.
    people_revision = models.PositiveBigIntegerField(default=0, editable=False)

    def __str__(self):
        return f"inbox of {self.user_id}"

    @property
    def stream(self):
        return stream_of(self.pk)


def stream_of(user_id):
    return f"inbox:{user_id}"
