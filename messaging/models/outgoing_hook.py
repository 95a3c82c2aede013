"""An outgoing webhook tells a server of others what happens in a room, or in all open rooms of a board."""

import secrets
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


def random_secret():
    return f"whsec_{secrets.token_urlsafe(32)}"


class OutgoingHook(models.Model):
    class Event(models.TextChoices):
        """By the names of the frames they are told in."""

        CHAT_MESSAGE = "chat_message", _("New message")
        MESSAGE_EDITED = "message_edited", _("Edited message")
        MESSAGE_DELETED = "message_deleted", _("Deleted message")
        CARD_CREATED = "card_created", _("New card")
        CARD_MOVED = "card_moved", _("Moved card")

        @classmethod
        def of(cls, *, room):
            """Cards are of the board: a room's own webhook tells of messages alone."""
            return [event for event in cls if not (room and event.startswith("card_"))]

    board = models.ForeignKey("boards.Board", models.CASCADE, related_name="outgoing_hooks")
    # None: the rooms that are open to everybody on the board, and its cards.
    room = models.ForeignKey("Conversation", models.CASCADE, null=True, related_name="outgoing_hooks")
    # In whose name an answer is posted.
    bot = models.ForeignKey("Bot", models.CASCADE, related_name="outgoing_hooks")
    url = models.CharField(max_length=500)
    # Signs what is sent, so it is kept as it is.
    secret = models.CharField(max_length=80, default=random_secret, editable=False)
    events = models.JSONField(default=list)
    # Empty, or the word that a new message begins with, such as "/deploy": then nothing else is told.
    word = models.CharField(max_length=40, blank=True)
    is_on = models.BooleanField(default=True, editable=False)
    # Since when every try has failed.
    failing_since = models.DateTimeField(null=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["board"], condition=Q(is_on=True), name="hook_listening")]

    def __str__(self):
        return self.host

    @property
    def host(self):
        return urlsplit(self.url).netloc

    @property
    def page(self):
        return reverse("messaging:webhook", args=[self.pk])

    @property
    def list_page(self):
        """Where it stands among others."""
        if self.room_id:
            return reverse("messaging:webhooks", args=[self.room_id])
        return reverse("messaging:bots", args=[self.board_id])

    @property
    def event_names(self):
        return [event.label for event in self.Event if event in self.events]

    def hears(self, event, body=""):
        """Whether this is told; `body` are the words of a new message."""
        return event in self.events and (not self.word or self.rest_of(body) is not None)

    def rest_of(self, body):
        """What stands behind the word that the message begins with, or None when it begins otherwise."""
        first, *rest = body.split(maxsplit=1) or [""]
        return "".join(rest) if first.lower() == self.word.lower() else None
