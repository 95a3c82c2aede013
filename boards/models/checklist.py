"""An item of a checklist is a line on a card, with a tick."""

from django.db import models


class ChecklistItem(models.Model):
    task = models.ForeignKey("Task", models.CASCADE, related_name="checklist")
    text = models.CharField(max_length=200)
    rank = models.TextField(editable=False)
    is_done = models.BooleanField(default=False)
    # The id that the browser gave the item before sending it, so that a retry adds no second one.
    client_id = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["task", "rank"], name="one_item_per_place"),
            models.UniqueConstraint(fields=["task", "client_id"], name="a_retry_is_not_a_new_item"),
        ]

    def __str__(self):
        return self.text
