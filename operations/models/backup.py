"""A backup is one try at making an archive, and at bringing it back into a database of its own."""

from django.db import models
from django.utils import timezone


class Backup(models.Model):
    at = models.DateTimeField(default=timezone.now)  # when it began
    path = models.CharField(max_length=1000)
    size = models.PositiveBigIntegerField(null=True)  # bytes; None: there is no archive
    messages = models.PositiveBigIntegerField(null=True)
    missing = models.PositiveIntegerField(default=0)  # files that rows name, and that are gone
    tested_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)  # why it could not be made or, if it was, not be brought back

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(size__isnull=False) | models.Q(tested_at=None),
                name="only_what_was_made_is_tested",
            )
        ]

    def __str__(self):
        return f"{self.path} of {self.at:%Y-%m-%d %H:%M}"

    @property
    def was_made(self):
        return self.size is not None

    @property
    def is_proven(self):
        return self.tested_at is not None and not self.failure
