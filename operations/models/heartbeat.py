"""A heartbeat is the last sign of life of a part that serves no requests."""

from datetime import timedelta

from django.db import models
from django.utils import timezone


class Heartbeat(models.Model):
    ALIVE_FOR = timedelta(seconds=90)  # three beats
    FORGIVEN = timedelta(seconds=10)  # by which the clocks of machines may differ

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
    host = models.CharField(max_length=255, blank=True)

    def __str__(self):
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M:%S}"

    @property
    def age(self):
        return timezone.now() - self.at

    @property
    def is_alive(self):
        return abs(self.age) < self.ALIVE_FOR

    @property
    def is_ahead(self):
        """Written by a clock that is ahead of ours, or by ours before it was set back."""
        return -self.age > self.FORGIVEN

    @classmethod
    def note(cls, name, host=""):
        cls.objects.update_or_create(name=name, defaults={"at": timezone.now(), "host": host})
