"""The diagnostic: asks everything it can ask, names what is wrong, and tells how to cure it."""

from .main import main

__all__ = ["main"]
