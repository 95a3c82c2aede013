"""A delivery is one event that a webhook is to tell: a row written in the transaction of the change itself."""

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

    # By which whoever receives it knows it again.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hook = models.ForeignKey(OutgoingHook, models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=20, choices=OutgoingHook.Event.choices)
    # What it is about, told as it stands when it is sent: no words are kept here that were taken back meanwhile.
    message = models.ForeignKey("Message", models.CASCADE, null=True, related_name="deliveries")
    task = models.ForeignKey("boards.Task", models.CASCADE, null=True, related_name="deliveries")
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Of the latest try: the code of the answer, what was wrong, and for how many milliseconds it was waited for.
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
