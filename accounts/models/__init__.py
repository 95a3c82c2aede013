"""Models: people, their sessions and access tokens, invite links, audit entries."""

from .access_token import AccessToken
from .audit_entry import AuditEntry
from .invite_link import InviteLink
from .session import Session
from .user import User, UserManager

__all__ = ["AccessToken", "AuditEntry", "InviteLink", "Session", "User", "UserManager"]
