"""What can be done with accounts besides one's own. Each action is one transaction."""

from .inviting import make_invite_link, take_back_invite_link
from .joining import LinkIsOver, join

__all__ = ["LinkIsOver", "join", "make_invite_link", "take_back_invite_link"]
