"""A preview is the title, description and picture of a page elsewhere. Messages that link there share it."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from .attachment import random_key


class PreviewQuerySet(models.QuerySet):
    def unused(self):
        return self.filter(~Exists(ShownPreview.objects.filter(preview=OuterRef("pk"))))


class Preview(models.Model):
    url = models.CharField(max_length=1000)
    # Empty if nothing was found there.
    title = models.CharField(max_length=140, blank=True)
    description = models.CharField(max_length=240, blank=True)
    site = models.CharField(max_length=60, blank=True)
    looked_at = models.DateTimeField(default=timezone.now, db_index=True)
    # The picture is stored and requested under this key.
    key = models.CharField(max_length=40, unique=True, default=random_key, editable=False)
    # Of its picture, in pixels; null without one.
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)

    objects = PreviewQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["url", "looked_at"], name="latest_look_at_a_page")]
        constraints = [
            models.CheckConstraint(
                condition=Q(width=None, height=None) | Q(width__gt=0, height__gt=0),
                name="a_picture_has_both_sides",
            )
        ]

    def __str__(self):
        return self.title or self.url

    @property
    def is_found(self):
        return bool(self.title)

    @property
    def path(self):
        """The path of its picture in the media storage."""
        return f"previews/{self.key[:2]}/{self.key}.webp"

    @property
    def picture_url(self):
        return reverse("messaging:preview", args=[self.key])


class ShownPreview(models.Model):
    """A preview below one message, until somebody removes it for good."""

    message = models.ForeignKey("Message", models.CASCADE, related_name="shown_previews")
    preview = models.ForeignKey(Preview, models.PROTECT, related_name="shown")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["message", "preview"], name="a_message_shows_a_preview_once")
        ]

    def __str__(self):
        return f"{self.preview_id} below message {self.message_id}"
