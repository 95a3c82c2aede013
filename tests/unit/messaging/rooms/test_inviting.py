"""People are asked into rooms, answer, and are given rooms to run."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from boards.actions import remove_board_member
from messaging import actions, policy
from messaging.models import Inbox
from messaging.queries import notices

from ..conftest import now, say, told


@pytest.fixture
def asked(ada, eve, cockpit):
    """Eve's invitation into the cockpit."""
    actions.invite(by=ada, conversation_id=cockpit.pk, user_id=eve.pk)
    return cockpit.invitations.get(user=eve)


def test_an_invitation_rings_and_acceptance_lets_in_and_silences(ada, eve, cockpit, asked):
    say(ada, cockpit, "before")
    (ring,) = [frame for frame in told(eve) if frame["type"] == "notification"]
    assert (ring["kind"], ring["invitation_id"], ring["unread_count"]) == ("invitation", asked.pk, 1)
    actions.accept_invitation(by=eve, invitation_id=asked.pk)
    assert cockpit.memberships.get(user=eve).read_seq == now(cockpit).last_seq
    assert notices.unread_count(eve.pk) == 0
    assert "conversation_joined" in {frame["type"] for frame in told(eve)}
    with pytest.raises(PermissionDenied):
        actions.accept_invitation(by=eve, invitation_id=asked.pk)


def test_declining_leaves_outside_and_tells_where_people_are_chosen(ada, eve, cockpit, asked):
    before = Inbox.objects.get(pk=ada.pk).revision
    actions.decline_invitation(by=eve, invitation_id=asked.pk)
    (looks_again,) = told(ada, before)
    assert (looks_again["type"], looks_again["conversation_id"]) == ("conversation_state", cockpit.pk)
    asked.refresh_from_db()
    assert asked.state == "declined" and not policy.may_read(eve, cockpit)
    assert notices.unread_count(eve.pk) == 0


def test_asking_twice_asks_once(ada, bob, eve, gus, cockpit, asked):
    for who in (eve, gus, ada):
        actions.invite(by=ada, conversation_id=cockpit.pk, user_id=who.pk)
    assert cockpit.invitations.count() == 1
    with pytest.raises(PermissionDenied):
        actions.invite(by=bob, conversation_id=cockpit.pk, user_id=eve.pk)


@pytest.mark.parametrize("end", ["archive_room", "withdraw"])
def test_an_invitation_that_ends_cannot_be_accepted(ada, eve, cockpit, asked, end):
    if end == "withdraw":
        actions.withdraw_invitation(by=ada, invitation_id=asked.pk)
    else:
        actions.archive_room(by=ada, conversation_id=cockpit.pk)
    with pytest.raises(PermissionDenied):
        actions.accept_invitation(by=eve, invitation_id=asked.pk)
    assert told(eve)[-1]["type"] == "notifications_read"


def test_a_room_made_private_is_closed_to_those_who_read_along(ada, bob, hangar):
    actions.leave_room(by=bob, conversation_id=hangar.pk)
    before = now(hangar).access
    actions.set_privacy(by=ada, conversation_id=hangar.pk, is_private=True)
    assert now(hangar).access == before + 1 and not policy.may_read(bob, hangar)
    place = [frame for frame in told(ada) if frame["type"] == "conversation_joined"][-1]
    assert place["private"] is True
    actions.set_privacy(by=ada, conversation_id=hangar.pk, is_private=False)
    assert policy.may_read(bob, now(hangar))


def test_a_private_room_is_never_without_somebody_who_runs_it(ada, bob, board, cockpit):
    actions.add_member(by=ada, conversation_id=cockpit.pk, user_id=bob.pk)
    here = {"by": ada, "conversation_id": cockpit.pk}
    with pytest.raises(ValidationError):
        actions.leave_room(**here)
    with pytest.raises(ValidationError):
        actions.set_role(**here, user_id=ada.pk, role="member")
    actions.set_role(**here, user_id=bob.pk, role="moderator")
    actions.leave_room(**here)
    assert policy.may_manage(bob, cockpit)


def test_who_goes_from_the_board_leaves_the_room_to_whoever_was_in_it_longest(ada, bob, vera, board):
    room = actions.create_room(by=bob, board_id=board.pk, name="Quiet", is_private=True, people=[ada.pk])
    remove_board_member(by=ada, board_id=board.pk, user_id=bob.pk)
    assert room.memberships.get(role="moderator").user == ada


def test_what_a_room_is_for_is_told_when_it_changes(ada, hangar):
    actions.rename_room(by=ada, conversation_id=hangar.pk, name=hangar.name, description="Wings only")
    event = hangar.messages.latest("seq").event
    assert event == {"what": "described", "description": "Wings only"}


def test_an_archived_room_goes_from_every_list_and_comes_back(ada, gus, hangar):
    actions.archive_room(by=ada, conversation_id=hangar.pk)
    assert told(gus)[-1]["type"] == "conversation_left"
    actions.restore_room(by=ada, conversation_id=hangar.pk)
    assert told(gus)[-1]["type"] == "conversation_joined"
