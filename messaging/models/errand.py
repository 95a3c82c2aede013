"""An errand is a job that must not be lost: a row, written in the transaction that made the job necessary."""

from django.db import models
from django.utils import timezone


class Errand(models.Model):
    class Verb(models.TextChoices):
        PUSH = "push", "Wake the browsers of whom a notification is for"
        RING = "ring", "Wake the browsers of who wants to hear of everything said in a conversation"
        SEND = "send", "Post a scheduled message"
        FOLD = "fold", "Tell the rooms of a board what was done on it"
        SHRINK = "shrink", "Make the smaller picture of an attachment"
        DEPICT = "depict", "Draw the first page of an attachment"
        PREVIEW = "preview", "Look at the pages that a message links to"

    verb = models.CharField(max_length=20, choices=Verb.choices)
    noun_id = models.PositiveBigIntegerField()
    due_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["due_at", "id"]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(done_at=None), name="errand_waiting")]

    def __str__(self):
        return f"{self.verb} {self.noun_id}"
