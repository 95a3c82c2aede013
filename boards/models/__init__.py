"""Models: boards and what is on them."""

from .board import Board
from .checklist import ChecklistItem
from .column import Column
from .invite import BoardInvite
from .label import Label
from .membership import BoardMembership
from .task import Task

__all__ = ["Board", "BoardInvite", "BoardMembership", "ChecklistItem", "Column", "Label", "Task"]
