"""The demo is a small believable workspace: three people on a board, a guest, a stranger, and weeks of conversation."""

from .workspace import NAMES, PASSWORD, is_open, make

__all__ = ["NAMES", "PASSWORD", "is_open", "make"]
