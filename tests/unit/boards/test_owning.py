"""A board has an owner whose account is in use, as long as anybody could be one."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEntry
from boards import policy
from boards.actions import add_board_member, change_board_role, create_board, remove_board_member
from boards.models import Board, BoardMembership

from ..cast import person


@pytest.fixture
def carl(ada, hangar):
    """On the board after Bob, and an admin of it."""
    carl = person("carl")
    add_board_member(by=ada, board_id=hangar.pk, user_id=carl.pk, role="admin")
    return carl


def turns(user, is_active):
    user.is_active = is_active
    user.save(update_fields=["is_active"])


def roles(board):
    return dict(BoardMembership.objects.filter(board=board).values_list("user__username", "role"))


def told():
    return list(AuditEntry.objects.filter(word="board.owned_on").values_list("noun", "place"))


@pytest.mark.parametrize("how", ["deactivated", "deleted"])
def test_a_board_whose_owner_goes_is_owned_by_its_admin(ada, bob, carl, hangar, how):
    before = Board.objects.get(pk=hangar.pk).revision
    turns(ada, False) if how == "deactivated" else ada.delete()
    assert (roles(hangar)["carl"], roles(hangar)["bob"]) == ("owner", "member")
    assert told() == [("Carl (@carl)", "Hangar")]
    now = Board.objects.get(pk=hangar.pk)
    assert now.revision == now.people_revision == before + 1  # open pages are told
    change_board_role(by=carl, board_id=hangar.pk, user_id=bob.pk, role="admin")


def test_a_board_without_an_admin_is_owned_by_the_member_who_was_on_it_longest(ada, bob, hangar):
    add_board_member(by=ada, board_id=hangar.pk, user_id=person("dora").pk)
    turns(ada, False)
    assert roles(hangar) == {"ada": "owner", "bob": "owner", "vera": "viewer", "dora": "member"}


def test_a_board_with_another_owner_stays_as_it_is(ada, bob, carl, hangar):
    change_board_role(by=ada, board_id=hangar.pk, user_id=bob.pk, role="owner")
    turns(ada, False)
    assert roles(hangar)["carl"] == "admin" and told() == []
    turns(bob, False)
    assert roles(hangar)["carl"] == "owner"


def test_who_only_looks_on_inherits_nothing_and_the_first_who_comes_back_does(ada, bob, vera, hangar):
    turns(bob, False)
    turns(ada, False)
    assert policy.role_of(vera, hangar) == "viewer" and told() == []
    turns(bob, True)
    assert policy.role_of(bob, hangar) == "owner"


def test_an_owner_whose_account_is_not_in_use_is_no_reason_to_leave(ada, bob, hangar):
    change_board_role(by=ada, board_id=hangar.pk, user_id=bob.pk, role="owner")
    turns(bob, False)
    for leaves in (
        lambda: remove_board_member(by=ada, board_id=hangar.pk, user_id=ada.pk),
        lambda: change_board_role(by=ada, board_id=hangar.pk, user_id=ada.pk, role="admin"),
    ):
        with pytest.raises(ValidationError):
            leaves()
    remove_board_member(by=ada, board_id=hangar.pk, user_id=bob.pk)
    assert roles(hangar) == {"ada": "owner", "vera": "viewer"}


def test_boards_they_are_not_on_stay_as_they_are(ada, bob, eve, hangar):
    other = create_board(by=eve, name="Other")
    before = Board.objects.get(pk=other.pk).revision
    turns(ada, False)
    assert Board.objects.get(pk=other.pk).revision == before and roles(hangar)["bob"] == "owner"
