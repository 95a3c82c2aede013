"""A notification as its person reads it: who, where, and the beginning of what was said."""

from . import places
from .models import Notification
from .said import iso


def of(user_id):
    """This person's notifications, but for those about what they may not read any more."""
    return Notification.objects.filter(user=user_id).readable()


def unread_count(user_id):
    return of(user_id).filter(read_at=None).count()


def told(notifications):
    """Each notification of a query as a plain value, in its order."""
    related = notifications.select_related("message__author", "message__conversation__task")
    return [_told(notification) for notification in related]


def _told(notification):
    message = notification.message
    conversation = message.conversation
    is_direct = conversation.kind == conversation.Kind.DIRECT
    return {
        "notification_id": notification.pk,
        "kind": notification.kind,
        "conversation_id": conversation.pk,
        "message_id": message.pk,
        "url": f"{conversation.url}?around={message.seq}#message-{message.pk}",
        "user_id": message.author_id,
        "display_name": message.author.name if message.author else message.author_name,
        "place": "direct message" if is_direct else places.name_for(conversation, ()),
        "excerpt": message.excerpt(),
        "timestamp": iso(notification.created_at),
        "when": notification.created_at,
        "read_at": iso(notification.read_at),
    }
