"""An incoming webhook is a URL of a room: a bot posts in the room what a program sends to the URL."""

import hashlib

from django.conf import settings
from django.db import models


class IncomingHookQuerySet(models.QuerySet):
    def of(self, secret):
        return self.filter(digest=digest_of(secret))


class IncomingHook(models.Model):
    room = models.ForeignKey("Conversation", models.CASCADE, related_name="incoming_hooks")
    bot = models.ForeignKey("Bot", models.CASCADE, related_name="incoming_hooks")
    # Only the digest of the URL's secret is stored: nobody can post with what the database holds.
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, editable=False)

    objects = IncomingHookQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.bot_id} into {self.room_id}"


def digest_of(secret):
    return hashlib.sha256(f"webhook {secret}".encode(errors="replace")).hexdigest()
