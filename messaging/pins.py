"""What is pinned in a conversation, the latest first."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from .models import Message, Pin


def pins_of(conversation_id):
    """The ids of the messages."""
    return list(Pin.objects.filter(conversation=conversation_id).values_list("message", flat=True))


def pinned_in(conversation):
    """The messages themselves, as a query."""
    return Message.objects.filter(pin__conversation=conversation).order_by("-pin__pinned_at", "-pk")


def counted(conversations):
    """Each with its `pin_count`."""
    pins = Pin.objects.filter(conversation=OuterRef("pk")).order_by().values("conversation")
    return conversations.annotate(
        pin_count=Coalesce(Subquery(pins.annotate(count=Count("pk")).values("count")), 0)
    )
