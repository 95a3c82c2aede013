"""An appearance tells one person's inbox that somebody they see, but share no board with, has a new name or picture."""

from django.conf import settings
from django.db import models


class Appearance(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    inbox_revision = models.PositiveBigIntegerField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "person"], name="one_latest_appearance_of_each_person_to_each"
            )
        ]
        indexes = [models.Index(fields=["user", "inbox_revision"], name="appearance_in_inbox")]

    def __str__(self):
        return f"{self.person_id} to {self.user_id}"
