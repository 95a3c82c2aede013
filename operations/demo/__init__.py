"""The demo is a small believable workspace: three people on a board, one on none, and some weeks of conversation."""

from .workspace import NAMES, PASSWORD, is_open, make

__all__ = ["NAMES", "PASSWORD", "is_open", "make"]
