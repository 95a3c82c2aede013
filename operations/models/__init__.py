"""What is kept of how the whole is: signs of life, what checks found, how quick the line was, and backups."""

from .backup import Backup
from .check import Check
from .heartbeat import Heartbeat
from .line import LineProcess, Minute

__all__ = ["Backup", "Check", "Heartbeat", "LineProcess", "Minute"]
