"""Boards, their columns and their people."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from boards import policy
from boards.actions import (
    add_board_member,
    assign_task,
    change_board_role,
    create_board,
    create_column,
    edit_column,
    move_column,
    remove_board_member,
    remove_column,
    rename_board,
)
from boards.models import Board


def columns(board):
    return [column.title for column in board.columns.shown()]


def test_a_new_board_has_an_owner_and_three_columns_the_last_of_them_done(ada):
    board = create_board(by=ada, name="Hangar")
    assert policy.role_of(ada, board) == "owner"
    assert columns(board) == ["To do", "Doing", "Done"]
    assert [column.title for column in board.columns.filter(is_done=True)] == ["Done"]


def test_only_those_on_a_board_see_it(ada, vera, eve, hangar):
    eve.is_superuser = True
    eve.save()
    assert [list(Board.objects.visible_to(user)) for user in (ada, vera, eve)] == [[hangar], [hangar], []]


def test_a_deactivated_person_sees_no_board(bob, hangar):
    bob.is_active = False
    bob.save()
    assert not Board.objects.visible_to(bob).exists()
    assert not policy.may_edit(bob, hangar)


@pytest.mark.parametrize(
    ("role", "may"), [("owner", (1, 1)), ("admin", (1, 1)), ("member", (1, 0)), ("viewer", (0, 0))]
)
def test_a_role_says_what_one_may(role, may, ada, eve, hangar):
    add_board_member(by=ada, board_id=hangar.pk, user_id=eve.pk, role=role)
    assert (policy.may_edit(eve, hangar), policy.may_manage(eve, hangar)) == may


def test_a_removed_person_loses_the_board_and_its_cards(ada, bob, hangar, cards):
    assign_task(by=ada, task_id=cards[0].pk, user_id=bob.pk)
    access = Board.objects.get(pk=hangar.pk).access
    remove_board_member(by=ada, board_id=hangar.pk, user_id=bob.pk)
    assert not Board.objects.visible_to(bob).exists()
    assert not cards[0].assignees.exists()
    assert Board.objects.get(pk=hangar.pk).access > access


def test_members_do_not_manage_but_may_leave(bob, vera, hangar):
    with pytest.raises(PermissionDenied):
        remove_board_member(by=bob, board_id=hangar.pk, user_id=vera.pk)
    with pytest.raises(PermissionDenied):
        rename_board(by=bob, board_id=hangar.pk, name="Bob's")
    remove_board_member(by=bob, board_id=hangar.pk, user_id=bob.pk)
    assert not Board.objects.visible_to(bob).exists()


def test_a_board_keeps_an_owner(ada, hangar):
    with pytest.raises(ValidationError):
        remove_board_member(by=ada, board_id=hangar.pk, user_id=ada.pk)
    with pytest.raises(ValidationError):
        change_board_role(by=ada, board_id=hangar.pk, user_id=ada.pk, role="member")


def test_an_admin_neither_makes_nor_unmakes_owners(ada, bob, hangar):
    change_board_role(by=ada, board_id=hangar.pk, user_id=bob.pk, role="admin")
    for attempt in (
        lambda: change_board_role(by=bob, board_id=hangar.pk, user_id=bob.pk, role="owner"),
        lambda: change_board_role(by=bob, board_id=hangar.pk, user_id=ada.pk, role="member"),
        lambda: remove_board_member(by=bob, board_id=hangar.pk, user_id=ada.pk),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_nobody_is_on_a_board_twice(ada, bob, hangar):
    with pytest.raises(ValidationError):
        add_board_member(by=ada, board_id=hangar.pk, user_id=bob.pk)


def test_columns_are_added_named_and_moved(bob, hangar):
    review = create_column(by=bob, board_id=hangar.pk, title="Review")
    move_column(by=bob, column_id=review.pk, before_column_id=hangar.columns.get(title="Done").pk)
    edit_column(by=bob, column_id=review.pk, title="Checked")
    assert columns(hangar) == ["To do", "Doing", "Checked", "Done"]


def test_a_column_with_cards_stays(bob, cards, to_do):
    with pytest.raises(ValidationError):
        remove_column(by=bob, column_id=to_do.pk)


def test_an_empty_column_goes_and_its_place_is_free(bob, doing, hangar):
    remove_column(by=bob, column_id=doing.pk)
    create_column(by=bob, board_id=hangar.pk, title="Doing")
    assert columns(hangar) == ["To do", "Done", "Doing"]


def test_renaming_a_board_to_its_own_name_is_no_change(ada, hangar):
    rename_board(by=ada, board_id=hangar.pk, name="Hangar")
    assert Board.objects.get(pk=hangar.pk).revision == hangar.revision
