"""Models: conversations, what is said in them, and what belongs to one person alone."""

from .activity import Activity
from .appearance import Appearance
from .attachment import Attachment
from .ban import Ban
from .bot import Bot
from .conversation import Conversation, stream_of
from .delivery import Delivery
from .departure import Departure
from .draft import Draft
from .errand import Errand
from .export import Export
from .inbox import Inbox
from .incoming_hook import IncomingHook
from .invitation import Invitation
from .membership import Membership
from .mention import Mention
from .message import Message
from .morning import Morning
from .notification import Notification
from .outgoing_hook import OutgoingHook
from .pin import Pin
from .preview import Preview, ShownPreview
from .push_subscription import PushSubscription
from .reaction import Reaction
from .saved import Saved
from .scheduled import Scheduled
from .version import Version
from .wishes import NotificationWishes

__all__ = [
    "Activity",
    "Appearance",
    "Attachment",
    "Ban",
    "Bot",
    "Conversation",
    "Delivery",
    "Departure",
    "Draft",
    "Errand",
    "Export",
    "Inbox",
    "IncomingHook",
    "Invitation",
    "Membership",
    "Mention",
    "Message",
    "Morning",
    "Notification",
    "NotificationWishes",
    "OutgoingHook",
    "Pin",
    "Preview",
    "PushSubscription",
    "Reaction",
    "Saved",
    "Scheduled",
    "ShownPreview",
    "Version",
    "stream_of",
]
