"""A room, what was said in it, and a row for each who has read a message."""

from django.conf import settings
from django.db import models


class Room(models.Model):
    name = models.CharField(max_length=100)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL)

    class Meta:
        app_label = "usual"

    def __str__(self):
        return self.name


class Message(models.Model):
    room = models.ForeignKey(Room, models.CASCADE)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    content = models.TextField()
    timestamp = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "usual"

    def __str__(self):
        return self.content[:50]


class Receipt(models.Model):
    message = models.ForeignKey(Message, models.CASCADE)
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)

    class Meta:
        app_label = "usual"
        unique_together = [("message", "reader")]

    def __str__(self):
        return f"{self.reader_id} read {self.message_id}"
