"""An export is a zip that somebody asked for: prepared once, kept for some days, and only for them to download."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .attachment import random_key


class Export(models.Model):
    class What(models.TextChoices):
        MINE = "mine", _("My data")
        ROOM = "room", _("A room")
        EVERYTHING = "all", _("Everything")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="exports")
    what = models.CharField(max_length=4, choices=What.choices)
    conversation = models.ForeignKey("Conversation", models.CASCADE, null=True, related_name="+")
    key = models.CharField(max_length=40, unique=True, default=random_key, editable=False)
    asked_at = models.DateTimeField(auto_now_add=True)
    # Until when a worker is preparing it; after that another one may try.
    claimed_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    ready_at = models.DateTimeField(null=True, editable=False)
    size = models.PositiveBigIntegerField(default=0, editable=False)
    # When it was discarded, or given up for the reason in `refusal`.
    ended_at = models.DateTimeField(null=True, editable=False)
    refusal = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what="room", conversation__isnull=False) | ~Q(what="room") & Q(conversation=None),
                name="an_export_of_a_room_names_it",
            ),
            models.UniqueConstraint(
                fields=["user", "what"],
                condition=Q(ready_at=None, ended_at=None),
                name="one_export_of_a_kind_is_prepared_for_a_person",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(ready_at=None, ended_at=None), name="export_waiting"
            )
        ]

    def __str__(self):
        return f"{self.what} for {self.user_id}"

    @property
    def path(self):
        """The path of the zip in the media storage."""
        return f"exports/{self.key}.zip"
