"""A check is what a look at the whole found wrong last time, and when that was."""

from django.db import models
from django.utils import timezone


class Check(models.Model):
    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
    wrong = models.PositiveIntegerField()
    found = models.JSONField(default=list)  # what there is to tell of it, in the check's own shape

    def __str__(self):
        return f"{self.name}: {self.wrong} wrong at {self.at:%Y-%m-%d %H:%M:%S}"

    @classmethod
    def note(cls, name, wrong, found=()):
        told = {"at": timezone.now(), "wrong": wrong, "found": found}
        cls.objects.update_or_create(name=name, defaults=told)
