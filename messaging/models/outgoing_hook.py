"""An outgoing webhook tells another server what happens in a room, or on a board and in all its open rooms."""

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
        """The events, by the types of their frames."""

        CHAT_MESSAGE = "chat_message", _("New message")
        MESSAGE_EDITED = "message_edited", _("Edited message")
        MESSAGE_DELETED = "message_deleted", _("Deleted message")
        CARD_CREATED = "card_created", _("New card")
        CARD_MOVED = "card_moved", _("Moved card")

        @classmethod
        def of(cls, *, room):
            """The events that a webhook of this room, or of a board if it is None, can tell of. Rooms have no cards."""
            return [event for event in cls if not (room and event.startswith("card_"))]

    board = models.ForeignKey("boards.Board", models.CASCADE, related_name="outgoing_hooks")
    # None: the rooms that are open to everybody on the board, and its cards.
    room = models.ForeignKey("Conversation", models.CASCADE, null=True, related_name="outgoing_hooks")
    # The bot that posts the server's answers.
    bot = models.ForeignKey("Bot", models.CASCADE, related_name="outgoing_hooks")
    url = models.CharField(max_length=500)
    # Stored in the clear, because it signs what is sent.
    secret = models.CharField(max_length=80, default=random_secret, editable=False)
    events = models.JSONField(default=list)
    # If set, such as "/deploy", only messages that begin with this word are told.
    word = models.CharField(max_length=40, blank=True)
    is_on = models.BooleanField(default=True, editable=False)
    # Since when every delivery has failed, if so.
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
        """The URL of the page that lists it."""
        if self.room_id:
            return reverse("messaging:webhooks", args=[self.room_id])
        return reverse("messaging:bots", args=[self.board_id])

    @property
    def event_names(self):
        return [event.label for event in self.Event if event in self.events]

    def hears(self, event, body=""):
        """Whether the webhook is told of this event; `body` is the text of a new message."""
        return event in self.events and (not self.word or self.rest_of(body) is not None)

    def rest_of(self, body):
        """The rest of a message that begins with the webhook's word; None if it begins otherwise."""
        first, *rest = body.split(maxsplit=1) or [""]
        return "".join(rest) if first.lower() == self.word.lower() else None
