"""Who is banned from a room comes in by no way until somebody lets them in again."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from accounts.models import AuditEntry
from boards.actions import add_board_member, change_board_role, remove_board_member
from messaging import policy
from messaging.actions import (
    accept_invitation,
    add_member,
    ban_member,
    invite,
    join_room,
    lift_ban,
    set_privacy,
    set_role,
)

from ..conftest import say
from .test_rooms import last_event, members

REFUSED = (PermissionDenied, ValidationError)


@pytest.fixture
def banned(ada, bob, hangar):
    """Bob, whom Ada banned from the open room of his board."""
    ban_member(by=ada, conversation_id=hangar.pk, user_id=bob.pk)
    return bob


def page(person, path):
    client = Client()
    client.force_login(person)
    return client.get(path, follow=True).content.decode()


def test_who_is_banned_is_out_at_once(ada, bob, hangar):
    say(bob, hangar, "Hello")
    ban_member(by=ada, conversation_id=hangar.pk, user_id=bob.pk)
    assert "bob" not in members(hangar)
    event = last_event(hangar)
    assert event.body == "Ada removed and banned Bob."
    assert event.event == {"what": "member_removed", "user_id": bob.pk}
    with pytest.raises(PermissionDenied):
        say(bob, hangar, "Hello again")


def test_who_is_banned_comes_back_by_no_way(ada, banned, board, hangar):
    back = [
        lambda: join_room(by=banned, conversation_id=hangar.pk),
        lambda: add_member(by=ada, conversation_id=hangar.pk, user_id=banned.pk),
        lambda: invite(by=ada, conversation_id=hangar.pk, user_id=banned.pk),
    ]
    for way in back:
        with pytest.raises(ValidationError, match="banned from this room"):
            way()
    remove_board_member(by=ada, board_id=board.pk, user_id=banned.pk)
    add_board_member(by=ada, board_id=board.pk, user_id=banned.pk)
    assert "bob" not in members(hangar)
    assert last_event(hangar).body == "Ada removed Bob."


def test_every_way_is_open_without_a_ban(ada, banned, board, hangar):
    """What the test above sees closed."""
    lift_ban(by=ada, conversation_id=hangar.pk, user_id=banned.pk)
    assert "bob" not in members(hangar)  # they come when they like, or are asked
    join_room(by=banned, conversation_id=hangar.pk)
    assert "bob" in members(hangar)
    remove_board_member(by=ada, board_id=board.pk, user_id=banned.pk)
    add_board_member(by=ada, board_id=board.pk, user_id=banned.pk)
    assert "bob" in members(hangar)


def test_an_invitation_that_waits_ends_with_the_ban(ada, gus, cockpit, hangar):
    cockpit.memberships.filter(user=gus).delete()
    invite(by=ada, conversation_id=cockpit.pk, user_id=gus.pk)
    add_member(by=ada, conversation_id=cockpit.pk, user_id=gus.pk)
    ban_member(by=ada, conversation_id=cockpit.pk, user_id=gus.pk)
    with pytest.raises(PermissionDenied):
        accept_invitation(by=gus, invitation_id=cockpit.invitations.get().pk)
    assert not policy.may_read(gus, cockpit)


def test_all_in_the_room_are_told_at_once_that_a_ban_is_lifted(ada, banned, hangar):
    for _ in range(2):
        lift_ban(by=ada, conversation_id=hangar.pk, user_id=banned.pk)
    event = last_event(hangar)
    assert event.body == "Ada lifted the ban of Bob."
    assert event.event == {"what": "ban_lifted", "user_id": banned.pk}
    assert hangar.messages.filter(event__what="ban_lifted").count() == 1


def test_a_ban_is_of_one_room(ada, banned, engine):
    assert policy.may_post(banned, engine)


@pytest.mark.parametrize("who", ["bob", "vera", "gus", "eve"])
def test_who_does_not_run_the_room_bans_nobody(request, who, gus, hangar):
    by = request.getfixturevalue(who)
    for change in (ban_member, lift_ban):
        with pytest.raises(PermissionDenied):
            change(by=by, conversation_id=hangar.pk, user_id=gus.pk)
    assert "gus" in members(hangar)


def test_who_runs_the_board_cannot_be_banned_and_nobody_bans_themselves(ada, bob, vera, board, hangar):
    set_role(by=ada, conversation_id=hangar.pk, user_id=bob.pk, role="moderator")
    for user in (ada, bob):
        with pytest.raises(ValidationError):
            ban_member(by=bob, conversation_id=hangar.pk, user_id=user.pk)
    change_board_role(by=ada, board_id=board.pk, user_id=vera.pk, role="admin")
    with pytest.raises(ValidationError, match="runs the board"):
        ban_member(by=bob, conversation_id=hangar.pk, user_id=vera.pk)
    assert {"ada", "bob", "vera"} <= members(hangar)


def test_who_is_not_in_the_room_is_not_banned(ada, eve, hangar):
    with pytest.raises(PermissionDenied):
        ban_member(by=ada, conversation_id=hangar.pk, user_id=eve.pk)


def test_bans_are_noted(ada, banned, hangar):
    for _ in range(2):
        lift_ban(by=ada, conversation_id=hangar.pk, user_id=banned.pk)
    noted = AuditEntry.objects.filter(room_id=hangar.pk, noun_id=banned.pk).order_by("pk")
    assert [str(entry) for entry in noted] == [
        "Ada (@ada) removed Bob (@bob) from General (Hangar), and banned them.",
        "Ada (@ada) lifted the ban of Bob (@bob) from General (Hangar).",
    ]


# -- the pages -------------------------------------------------------------------------------------------------------


def test_those_who_run_the_room_see_who_is_banned(ada, banned, hangar):
    there = f"{hangar.url}people/"
    assert "Lift the ban of Bob" in page(ada, there) and "Let in: Bob" not in page(ada, there)
    assert "Ban Gus" in page(ada, there) and "Ban Ada" not in page(ada, there)
    client = Client()
    client.force_login(ada)
    client.post(f"{there}{banned.pk}/ban/lift/")
    assert "Lift the ban" not in page(ada, there) and "Let in: Bob" in page(ada, there)


def test_the_room_says_so_to_who_is_banned(ada, banned, hangar, eve, board):
    assert "You are banned from this room" in page(banned, hangar.url)
    lift_ban(by=ada, conversation_id=hangar.pk, user_id=banned.pk)
    assert "You are banned" not in page(banned, hangar.url) and "Join</button>" in page(banned, hangar.url)


def test_a_room_made_private_is_closed_to_who_is_banned(ada, banned, hangar):
    assert policy.may_read(banned, hangar)
    set_privacy(by=ada, conversation_id=hangar.pk, is_private=True)
    assert not policy.may_read(banned, hangar)
