"""A backup is one file that holds a whole installation: the database, everybody's files, and what signs sessions."""

from .meanwhile import tidy_when_ended
from .recording import make_recorded
from .restoring import restore
from .trouble import Trouble

__all__ = ["Trouble", "make_recorded", "restore", "tidy_when_ended"]
