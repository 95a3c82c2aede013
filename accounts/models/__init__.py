"""The nouns of people."""

from .invite_link import InviteLink
from .session import Session
from .user import User, UserManager

__all__ = ["InviteLink", "Session", "User", "UserManager"]
