"""Everything that can be done to a board. Each action is one transaction, and only actions write."""

from .board import create_board, rename_board, set_retention
from .checklist import add_item, edit_item, move_item, remove_item
from .columns import create_column, edit_column, move_column, remove_column
from .editing import assign_task, edit_task, unassign_task
from .inviting import invite_to_board, put_on_board
from .labels import create_label, edit_label, remove_label
from .moving import complete_task, move_task
from .owning import keep_boards_owned
from .people import add_board_member, change_board_role, remove_board_member, show_person_anew
from .tasks import archive_task, create_task, note_comment, restore_task
from .undoing import undo_archive, undo_move, undo_rename

__all__ = [
    "add_board_member",
    "add_item",
    "archive_task",
    "assign_task",
    "change_board_role",
    "complete_task",
    "create_board",
    "create_column",
    "create_label",
    "create_task",
    "edit_column",
    "edit_item",
    "edit_label",
    "edit_task",
    "invite_to_board",
    "keep_boards_owned",
    "move_column",
    "move_item",
    "move_task",
    "note_comment",
    "put_on_board",
    "remove_board_member",
    "remove_column",
    "remove_item",
    "remove_label",
    "rename_board",
    "restore_task",
    "set_retention",
    "show_person_anew",
    "unassign_task",
    "undo_archive",
    "undo_move",
    "undo_rename",
]
