"""A delivery is one event to be sent to a webhook: a row, written in the same transaction as the event."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .outgoing_hook import OutgoingHook


class DeliveryQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=Delivery.State.WAITING)


class Delivery(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DELIVERED = "delivered", _("Delivered")
        GIVEN_UP = "given_up", _("Given up")

    # The id by which the receiver recognises a retry.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hook = models.ForeignKey(OutgoingHook, models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=20, choices=OutgoingHook.Event.choices)
    # What it is about. Its text is read when the delivery is sent, so that nothing deleted meanwhile is sent.
    message = models.ForeignKey("Message", models.CASCADE, null=True, related_name="deliveries")
    task = models.ForeignKey("boards.Task", models.CASCADE, null=True, related_name="deliveries")
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Of the latest try: the HTTP status, what was wrong, and how many milliseconds it took.
    status = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=200, blank=True)
    took = models.PositiveIntegerField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(message__isnull=False, task=None) | Q(message=None, task__isnull=False),
                name="a_delivery_tells_of_a_message_or_a_card",
            )
        ]
        indexes = [models.Index(fields=["hook", "id"], condition=Q(state="waiting"), name="delivery_waiting")]

    def __str__(self):
        return f"{self.event} to {self.hook_id}"
