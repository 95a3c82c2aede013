"""An attachment is a file uploaded to a conversation. Until it is posted with a message, only its uploader sees it."""

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse

from ..pictures.first_page import CONTENT_TYPE as PDF


def random_key():
    return secrets.token_urlsafe(24)


class Attachment(models.Model):
    # The file is stored and requested under this key: `name`, which the person chose, is never part of a path.
    key = models.CharField(max_length=40, unique=True, default=random_key, editable=False)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)
    # Of a picture, in pixels as it is shown, so that pages leave room for it. Of a PDF, the size of its first page's
    # picture, once it is drawn.
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    # When the thumbnail was made that the timeline shows: a smaller picture, or one of a PDF's first page.
    thumbnail_at = models.DateTimeField(null=True, editable=False)
    uploader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="attachments"
    )
    conversation = models.ForeignKey("Conversation", models.CASCADE, related_name="attachments")
    message = models.ForeignKey("Message", models.SET_NULL, null=True, related_name="attachments")
    # Its position among the files of its message. The database has the default too, because the previous version still
    # stores files while an update runs.
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
        """The path of the file in the media storage."""
        return f"attachments/{self.key[:2]}/{self.key}"

    @property
    def small_path(self):
        """The path of its thumbnail, once there is one."""
        return f"{self.path}.small"

    @property
    def url(self):
        return reverse("messaging:file", args=[self.key])
