"""A bot is a program that posts in the rooms of one board. Its name and picture are those of its account."""

from django.conf import settings
from django.db import models


class Bot(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bot")
    board = models.ForeignKey("boards.Board", models.CASCADE, related_name="bots")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return self.user.name

    @property
    def is_removed(self):
        """Whether it was removed. Its account stays, inactive, because its messages refer to it."""
        return not self.user.is_active
