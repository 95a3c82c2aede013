"""A bot is a program that speaks in the rooms of one board, by the account that it has for its name and picture."""

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
        """Its account stays, for what it said."""
        return not self.user.is_active
