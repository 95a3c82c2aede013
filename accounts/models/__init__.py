"""The nouns of people."""

from .session import Session
from .user import User, UserManager

__all__ = ["Session", "User", "UserManager"]
