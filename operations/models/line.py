"""What each process that holds lines to browsers writes down of itself: how it stands now, and how quick it was."""

from datetime import timedelta

from django.db import models
from django.utils import timezone


class LineProcess(models.Model):
    ALIVE_FOR = timedelta(seconds=60)  # four entries of live/diary.py

    name = models.CharField(max_length=40, primary_key=True)
    host = models.CharField(max_length=255)
    pid = models.PositiveIntegerField()
    at = models.DateTimeField()
    mode = models.CharField(max_length=20)  # live, or degraded: without Redis
    since = models.DateTimeField()  # when it became that
    sockets = models.PositiveIntegerField()
    redis = models.CharField(max_length=255)
    hears = models.JSONField()  # the names of the processes that it hears

    def __str__(self):
        return f"{self.pid} on {self.host}, {self.mode}"

    @classmethod
    def alive(cls):
        return cls.objects.filter(at__gt=timezone.now() - cls.ALIVE_FOR).order_by("host", "pid")


class Minute(models.Model):
    """How long changes took from commit to sockets in one minute of one process: {at most so many seconds: changes}."""

    process = models.CharField(max_length=40)
    at = models.DateTimeField(db_index=True)
    counts = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "at"], name="one_count_per_process_and_minute")
        ]

    def __str__(self):
        return f"{self.process} at {self.at:%H:%M}"
