"""A message is what someone said in a conversation, at one place in its order."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from ..text.plain import plain_words
from .conversation import Conversation


class MessageQuerySet(models.QuerySet):
    def shown(self):
        """Without cleared messages."""
        return self.filter(seq__gt=models.F("conversation__cleared_seq"))

    def readable_by(self, user):
        """The messages that this person may read, and that are neither deleted nor cleared."""
        where = Conversation.objects.visible_to(user)
        return self.shown().filter(conversation__in=where, deleted_at=None)


class Message(models.Model):
    class Kind(models.TextChoices):
        SAID = "said"
        SYSTEM = "system"
        FILE = "file"

    class Why(models.TextChoices):
        POSTED = "posted"
        EDITED = "edited"
        REACTED = "reacted"
        DELETED = "deleted"
        PINNED = "pinned"
        CARDED = "carded"
        LINKED = "linked"

    # Without indexes of their own: each is the first field of an index or constraint below.
    conversation = models.ForeignKey("Conversation", models.CASCADE, related_name="messages", db_index=False)
    seq = models.PositiveBigIntegerField(editable=False)
    # The conversation's revision at this message's latest change and when it was posted, and what that change was.
    revision = models.PositiveBigIntegerField(editable=False)
    born = models.PositiveBigIntegerField(editable=False)
    why = models.CharField(max_length=7, choices=Why.choices, default=Why.POSTED, editable=False)
    # The id that the browser gave the message before sending it, so that a retry posts no second one.
    client_id = models.UUIDField(null=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="messages",
        editable=False,
        db_index=False,
    )
    # Stays when the account is deleted.
    author_name = models.CharField(max_length=150, editable=False)
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.SAID)
    body = models.TextField(blank=True)
    # Rendered and sanitised; null when the body is plain text.
    html = models.TextField(null=True, editable=False)
    # What happened, for a system message: {"what": ..., ids}.
    event = models.JSONField(null=True, editable=False)
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, related_name="replies", db_index=False)
    # True if it has ever had previews of links; null for most messages, so that their previews need not be queried.
    has_previews = models.BooleanField(null=True, editable=False)
    # The message that was forwarded with this one.
    forwarded_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+", db_index=False)
    # The card that was made from it.
    card = models.ForeignKey(
        "boards.Task", models.SET_NULL, null=True, related_name="made_of", db_index=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        db_index=False,
    )
    deleted_by_name = models.CharField(max_length=150, blank=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["conversation", "seq"]
        # Partial, because few messages have these fields: the others need no room in the indexes.
        indexes = [
            models.Index(
                fields=["reply_to"], condition=Q(reply_to__isnull=False), name="messages_that_answer"
            ),
            models.Index(
                fields=["forwarded_from"],
                condition=Q(forwarded_from__isnull=False),
                name="messages_forwarded",
            ),
            models.Index(fields=["card"], condition=Q(card__isnull=False), name="messages_made_into_cards"),
            models.Index(
                fields=["deleted_by"], condition=Q(deleted_by__isnull=False), name="messages_taken_away"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "seq"], name="one_message_per_seq"),
            models.UniqueConstraint(fields=["conversation", "revision"], name="one_message_per_revision"),
            models.UniqueConstraint(fields=["author", "client_id"], name="a_retry_is_not_a_new_message"),
        ]

    def __str__(self):
        return f"{self.seq} in {self.conversation_id}"

    @property
    def is_system(self):
        return self.kind == self.Kind.SYSTEM

    @property
    def is_horizon(self):
        """Whether it is the system message that stands in the place of the last expired message."""
        return bool(self.event) and self.event.get("what") == "expired"

    def excerpt(self, length=140):
        """The beginning of the text, at most `length` characters, on one line and without markup."""
        html = None if self.is_system else self.html
        return "" if self.is_horizon else plain_words(self.body, html, length)

    @cached_property
    def first_file(self):
        """The name of the first of its files; "" without any."""
        return self.attachments.values_list("name", flat=True).first() or ""
