"""Who may do what with a board: the one place that every door and action asks."""

from django.db.models import Exists

from live.database.question import Question

from .models import BoardMembership, Column, Task

Role = BoardMembership.Role
MANAGERS = {Role.OWNER, Role.ADMIN}
EDITORS = {*MANAGERS, Role.MEMBER}


def role_of(user, board):
    """This person's role on the board, or None for somebody who is not on it, or whose account is not in use now."""
    if not user.is_authenticated:
        return None
    theirs = BoardMembership.objects.filter(board=board, user=user, user__is_active=True)
    return theirs.values_list("role", flat=True).first()


def may_edit(user, board):
    """Write, move and archive cards, and shape the columns."""
    return role_of(user, board) in EDITORS


def may_hold(user_id, board_id, task_id, column_id):
    """Lift this card over that column before the eyes of the others; both must be of this board."""
    return bool(HELD.ask(user_id=user_id, board_id=board_id, task_id=task_id, column_id=column_id))


def _held(user_id, board_id, task_id, column_id):
    editor = BoardMembership.objects.filter(
        board=board_id, user=user_id, role__in=EDITORS, user__is_active=True
    )
    over = Column.objects.shown().filter(pk=column_id, board=board_id)
    held = Task.objects.shown().filter(Exists(editor), Exists(over), pk=task_id, board=board_id)
    return held.order_by().values_list("pk")


HELD = Question(_held, user_id=int, board_id=int, task_id=int, column_id=int)


def may_manage(user, board):
    """Name the board, choose its people and labels."""
    return role_of(user, board) in MANAGERS


def may_give(own_role, role):
    """Owners give and take every role; admins every role but the owner's."""
    return own_role == Role.OWNER or (own_role == Role.ADMIN and role != Role.OWNER)
