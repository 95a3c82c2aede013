"""Boards and their cards, for programs."""

from .boards import router
from .cards import router as cards

__all__ = ["cards", "router"]
