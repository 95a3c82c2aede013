"""The nouns of a conversation."""

from .attachment import Attachment
from .conversation import Conversation
from .departure import Departure
from .errand import Errand
from .inbox import Inbox
from .membership import Membership
from .mention import Mention
from .message import Message
from .notification import Notification
from .reaction import Reaction

__all__ = [
    "Attachment",
    "Conversation",
    "Departure",
    "Errand",
    "Inbox",
    "Membership",
    "Mention",
    "Message",
    "Notification",
    "Reaction",
]
