"""A version is the text of a message before an edit."""

from django.db import models


class Version(models.Model):
    message = models.ForeignKey("Message", models.CASCADE, related_name="versions")
    body = models.TextField()
    html = models.TextField(null=True)
    # From when to when the message had this text.
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"version of message {self.message_id}"
