"""Who may do what with a board. Every view, consumer and action asks here."""

from django.db.models import Exists

from accounts.policy import may_look_after_people
from live.database.question import Question

from .models import BoardMembership, Column, Task

Role = BoardMembership.Role
MANAGERS = {Role.OWNER, Role.ADMIN}
EDITORS = {*MANAGERS, Role.MEMBER}


def role_of(user, board):
    """This person's role on the board; None if they are not on it, or their account is not active."""
    if not user.is_authenticated:
        return None
    theirs = BoardMembership.objects.filter(board=board, user=user, user__is_active=True)
    return theirs.values_list("role", flat=True).first()


def may_edit(user, board):
    """Whether this person may write, move and archive cards, and change columns."""
    return role_of(user, board) in EDITORS


def may_hold(user_id, board_id, task_id, column_id):
    """Whether the others are shown that this person drags this card over that column. Both must be on this board."""
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
    """Whether this person may rename the board, and choose its people and labels."""
    return role_of(user, board) in MANAGERS


def may_invite(user, board):
    """Whether this person may make links by which people without an account come onto the board."""
    return may_look_after_people(user) and may_manage(user, board)


def may_give(own_role, role):
    """Whether somebody with `own_role` may give and take `role`: owners every role, admins every one but owner."""
    return own_role == Role.OWNER or (own_role == Role.ADMIN and role != Role.OWNER)


def roles_to_give(own_role):
    """The choices, (role, what it is called), of those that somebody with `own_role` may give."""
    return [choice for choice in Role.choices if may_give(own_role, choice[0])]
