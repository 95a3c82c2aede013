"""Models: boards and what is on them."""

from .board import Board
from .checklist import ChecklistItem
from .column import Column
from .label import Label
from .membership import BoardMembership
from .task import Task

__all__ = ["Board", "BoardMembership", "ChecklistItem", "Column", "Label", "Task"]
