"""An attachment is a file that somebody put into a conversation; until it is posted it is an upload of theirs."""

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse

from ..pictures.first_page import CONTENT_TYPE as PDF


def random_key():
    return secrets.token_urlsafe(24)


class Attachment(models.Model):
    # The name under which the file is stored and asked for; what the person called it is never a path.
    key = models.CharField(max_length=40, unique=True, default=random_key, editable=False)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)
    # Of a picture, in pixels as it is shown; its place is kept before it is there. Of a PDF those of its first page,
    # once it is drawn.
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    # When a smaller picture of it, or one of its first page, was made, to be shown in the timeline.
    thumbnail_at = models.DateTimeField(null=True, editable=False)
    uploader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="attachments"
    )
    conversation = models.ForeignKey("Conversation", models.CASCADE, related_name="attachments")
    message = models.ForeignKey("Message", models.SET_NULL, null=True, related_name="attachments")
    # Among the files of its message. The database knows the default, too, for a version of before that still takes in
    # files while this one takes its place.
    place = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["place", "id"]

    def __str__(self):
        return self.name

    @property
    def is_pdf(self):
        return self.content_type == PDF

    @property
    def path(self):
        """Where the file lies in the media storage."""
        return f"attachments/{self.key[:2]}/{self.key}"

    @property
    def small_path(self):
        """Where its smaller picture lies, once there is one."""
        return f"{self.path}.small"

    @property
    def url(self):
        return reverse("messaging:file", args=[self.key])
