"""What is pinned in a conversation, the latest first."""

from .models import Message, Pin


def pins_of(conversation_id):
    """The ids of the messages."""
    return list(Pin.objects.filter(conversation=conversation_id).values_list("message", flat=True))


def pinned_in(conversation):
    """The messages themselves, as a query."""
    return Message.objects.filter(pin__conversation=conversation).order_by("-pin__pinned_at", "-pk")
