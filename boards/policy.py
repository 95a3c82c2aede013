"""Who may do what with a board: the one place that every door and action asks."""

from .models import Board, BoardMembership

Role = BoardMembership.Role
MANAGERS = {Role.OWNER, Role.ADMIN}
EDITORS = {*MANAGERS, Role.MEMBER}


def role_of(user, board):
    """This person's role on the board, or None for somebody who is not on it."""
    if not user.is_authenticated or not user.is_active:
        return None
    return BoardMembership.objects.filter(board=board, user=user).values_list("role", flat=True).first()


def may_see(user, board):
    return Board.objects.visible_to(user).filter(pk=board.pk).exists()


def may_edit(user, board):
    """Write, move and archive cards, and shape the columns."""
    return role_of(user, board) in EDITORS


def may_manage(user, board):
    """Name the board, choose its people and labels."""
    return role_of(user, board) in MANAGERS


def may_give(own_role, role):
    """Owners give and take every role; admins every role but the owner's."""
    return own_role == Role.OWNER or (own_role == Role.ADMIN and role != Role.OWNER)
