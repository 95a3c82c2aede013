"""What is pinned in a conversation, the latest first."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from live.database.question import Question

from ..models import Message, Pin


def pins_of(conversation_id):
    """The ids of the messages."""
    return [id for (id,) in PINS.ask(conversation_id=conversation_id)]


PINS = Question(
    lambda conversation_id: Pin.objects.filter(conversation=conversation_id).values_list("message"),
    conversation_id=int,
)


def pinned_in(conversation):
    """The messages themselves, as a query."""
    return Message.objects.filter(pin__conversation=conversation).order_by("-pin__pinned_at", "-pk")


def counted(conversations):
    """Each with its `pin_count`."""
    pins = Pin.objects.filter(conversation=OuterRef("pk")).order_by().values("conversation")
    return conversations.annotate(
        pin_count=Coalesce(Subquery(pins.annotate(count=Count("pk")).values("count")), 0)
    )
