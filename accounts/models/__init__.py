"""The nouns of people."""

from .audit_entry import AuditEntry
from .invite_link import InviteLink
from .session import Session
from .user import User, UserManager

__all__ = ["AuditEntry", "InviteLink", "Session", "User", "UserManager"]
