"""The people of a board: adding, removing, changing roles, and telling of a new name or picture."""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actions import person

from .. import policy, signals
from ..models import Board, BoardMembership, Task
from .changing import NoSuchThing, lock_board, lock_board_to_manage, stamp, stamp_people, stamp_person
from .noting import note_on
from .owning import owners_of

Role = BoardMembership.Role


@transaction.atomic
def add_board_member(*, by, board_id, user_id, role=Role.MEMBER):
    board = lock_board_to_manage(board_id, by)
    check_may_give(by, board, role)
    user = get_user_model().objects.people().filter(pk=user_id).first()
    if user is None:
        raise ValidationError(_("Nobody here has that user name or e-mail address."))
    if board.memberships.filter(user=user).exists():
        raise ValidationError(_("%(name)s is on the board already."), params={"name": user.name})
    membership = stamp_person(board, BoardMembership(board=board, user=user, role=role))
    note_on(board, "board.person_added", by=by, on=person(user), role=role)
    signals.board_member_added.send(Board, board=board, user=user, by=by)
    return membership


@transaction.atomic
def change_board_role(*, by, board_id, user_id, role):
    board = lock_board_to_manage(board_id, by)
    membership = _membership(board, user_id)
    check_may_give(by, board, membership.role)
    check_may_give(by, board, role)
    if role != Role.OWNER:
        _check_an_owner_remains(membership)
    if role != membership.role:
        before, membership.role = membership.role, role
        stamp_person(board, membership)
        on = person(membership.user)
        note_on(board, "board.role_given", by=by, on=on, role=role, before=before)
        signals.board_role_changed.send(Board, board=board, user=membership.user, by=by)
    return membership


@transaction.atomic
def show_person_anew(*, user):
    """This person has a new name or picture: tell it on all their boards, locked in the order of their ids."""
    boards = Board.objects.filter(memberships__user=user).order_by("pk").values_list("pk", flat=True)
    for board_id in list(boards):
        board = lock_board(board_id)
        for membership in board.memberships.filter(user=user):
            stamp_person(board, membership)


@transaction.atomic
def remove_board_member(*, by, board_id, user_id):
    """Remove a person from a board. Everybody may remove themselves."""
    board = lock_board(board_id) if by.pk == user_id else lock_board_to_manage(board_id, by)
    membership = _membership(board, user_id)
    if by.pk != user_id:
        check_may_give(by, board, membership.role)
    _check_an_owner_remains(membership)
    _take_off_cards(board, membership.user)
    user = membership.user
    membership.delete()
    stamp_people(board, somebody_lost_access=True)
    word = "board.left" if by.pk == user_id else "board.person_removed"
    note_on(board, word, by=by, on=person(user))
    signals.board_member_removed.send(Board, board=board, user=user, by=by)
    return membership


def _membership(board, user_id):
    membership = board.memberships.select_related("user").filter(user_id=user_id).first()
    if membership is None:
        raise NoSuchThing(_("That person is not on the board."))
    return membership


def check_may_give(by, board, role):
    if role not in Role.values:
        raise ValidationError({"role": _("Please choose one of the roles.")})
    if not policy.may_give(policy.role_of(by, board), role):
        raise PermissionDenied(_("Only an owner may choose the owners."))


def _check_an_owner_remains(membership):
    others = owners_of(membership.board).exclude(pk=membership.pk)
    if membership.role == Role.OWNER and not others.exists():
        raise ValidationError(_("A board needs an owner: make somebody else owner first."))


def _take_off_cards(board, user):
    for task in board.tasks.filter(assignees=user):
        task.assignees.remove(user)
        stamp(board, task, Task.Why.CHANGED)
