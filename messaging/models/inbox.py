"""An inbox is the stream of one person: how far they have read, their notifications, drafts, saved messages."""

from django.conf import settings
from django.db import models


class Inbox(models.Model):
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="inbox"
    )
    # The number of the latest change; gapless, raised while this row is locked.
    revision = models.PositiveBigIntegerField(default=0, editable=False)
    # The revision at which this person was last told of somebody's new name or picture.
    people_revision = models.PositiveBigIntegerField(default=0, editable=False)

    def __str__(self):
        return f"inbox of {self.user_id}"

    @property
    def stream(self):
        return stream_of(self.pk)


def stream_of(user_id):
    return f"inbox:{user_id}"
