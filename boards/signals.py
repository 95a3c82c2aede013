"""Signals about boards, sent inside the transaction that changes them."""

from django.dispatch import Signal

board_created = Signal()  # board, by
board_member_added = Signal()  # board, user, by
board_member_removed = Signal()  # board, user, by
board_role_changed = Signal()  # board, user, by
# user, whose account became active or inactive; heirs, the memberships that became owners
boards_kept_owned = Signal()
board_retention_changed = Signal()  # board, by
task_created = Signal()  # task, by
task_renamed = Signal()  # task, by
task_edited = Signal()  # task, changed (names of its fields), by; sent before task_assigned
task_moved = Signal()  # task, before (the column it came from, perhaps the same), by
task_assigned = Signal()  # task, user, by
task_archived = Signal()  # task, by
task_restored = Signal()  # task, by
column_done_changed = Signal()  # column, whose is_done changed
