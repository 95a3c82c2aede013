"""Invite links that lead onto a board."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions import make_invite_link

from ..models import BoardInvite, BoardMembership
from .changing import lock_board_to_manage
from .people import add_board_member, check_may_give


@transaction.atomic
def invite_to_board(*, by, board_id, role=BoardMembership.Role.MEMBER, note="", **how):
    """(link, token) by which people make an account and are on the board; `how` is as for make_invite_link.

    PermissionDenied unless `by` is an administrator, who alone lets people in, and runs the board.
    """
    board = lock_board_to_manage(board_id, by)
    check_may_give(by, board, role)
    link, token = make_invite_link(by=by, note=note or board.name, **how)
    BoardInvite.objects.create(link=link, board=board, role=role)
    return link, token


@transaction.atomic
def put_on_board(*, user, link):
    """Whoever has just come by this link is on its board, if who made the link may still put them there."""
    for invite in BoardInvite.objects.filter(link=link):
        try:
            add_board_member(by=link.made_by, board_id=invite.board_id, user_id=user.pk, role=invite.role)
        except PermissionDenied:
            return
