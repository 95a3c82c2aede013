"""An activity is something that somebody did with a card, kept until the rooms that hear of its board are told."""

from django.conf import settings
from django.db import models


class Activity(models.Model):
    class What(models.TextChoices):
        ADDED = "added"
        MOVED = "moved"
        FINISHED = "finished"
        GIVEN = "given"
        TAKEN = "taken"
        ARCHIVED = "archived"
        RESTORED = "restored"

    # Without an index of its own: it is the first field of the index below.
    board = models.ForeignKey("boards.Board", models.CASCADE, related_name="+", db_index=False)
    # The board's revision at which it was done.
    revision = models.PositiveBigIntegerField()
    what = models.CharField(max_length=8, choices=What.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    task = models.ForeignKey("boards.Task", models.CASCADE, related_name="+")
    title = models.CharField(max_length=200)
    # The name of the column it went to, or of the person it was assigned to.
    to = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["revision", "id"]
        indexes = [models.Index(fields=["board", "revision"], name="activity_of_board")]

    def __str__(self):
        return f"{self.what} {self.title}"
