"""Who loses the right to run a room hands it over, and what they asked for ends; bells tell what may still be read."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from boards.actions import (
    add_board_member,
    archive_task,
    assign_task,
    change_board_role,
    remove_board_member,
    restore_task,
)
from messaging import actions, policy
from messaging.models import Message
from messaging.queries import notices

from ..conftest import now, person, say, told


@pytest.fixture
def carl(ada, board):
    carl = person("carl")
    add_board_member(by=ada, board_id=board.pk, user_id=carl.pk)
    return carl


@pytest.fixture
def tower(ada, bob, gus, vera, board):
    """Bob's private room; Gus is its guest, Vera looks on."""
    room = actions.create_room(by=bob, board_id=board.pk, name="Tower", is_private=True, people=[vera.pk])
    actions.add_member(by=bob, conversation_id=room.pk, user_id=gus.pk)
    return now(room)


@pytest.fixture
def becomes_viewer(ada, bob, board):
    return lambda: change_board_role(by=ada, board_id=board.pk, user_id=bob.pk, role="viewer")


@pytest.fixture
def is_deactivated(bob):
    def deactivate():
        bob.is_active = False
        bob.save()

    return deactivate


@pytest.fixture
def is_deleted(bob):
    return bob.delete


@pytest.fixture
def is_removed(ada, bob, board):
    return lambda: remove_board_member(by=ada, board_id=board.pk, user_id=bob.pk)


EVERY_WAY = pytest.mark.parametrize(
    "loses_it", ["becomes_viewer", "is_deactivated", "is_deleted", "is_removed"]
)


@EVERY_WAY
def test_a_private_room_goes_to_whoever_was_in_it_longest(request, bob, carl, tower, loses_it):
    actions.add_member(by=bob, conversation_id=tower.pk, user_id=carl.pk)
    request.getfixturevalue(loses_it)()
    assert policy.may_manage(carl, now(tower))
    event = Message.objects.filter(conversation=tower).latest("seq")
    assert event.event == {"what": "role", "user_id": carl.pk, "role": "moderator"}
    assert event.body == "Carl runs the room now."


@EVERY_WAY
def test_where_nobody_may_it_waits_for_the_first_who_may_again(request, ada, vera, board, tower, loses_it):
    request.getfixturevalue(loses_it)()
    assert not policy.may_read(ada, tower) and not policy.may_manage(vera, tower)
    change_board_role(by=ada, board_id=board.pk, user_id=vera.pk, role="member")
    assert policy.may_manage(vera, tower)


def test_a_guest_who_comes_to_the_board_runs_a_room_that_nobody_runs(ada, gus, board, tower, becomes_viewer):
    becomes_viewer()
    add_board_member(by=ada, board_id=board.pk, user_id=gus.pk)
    assert policy.may_manage(gus, tower)


def test_a_guest_who_comes_to_the_board_runs_no_room_that_is_run(ada, gus, board, tower):
    add_board_member(by=ada, board_id=board.pk, user_id=gus.pk)
    assert not policy.may_manage(gus, tower)


def test_a_room_waits_for_an_account_that_comes_back(bob, carl, tower, is_deactivated):
    actions.add_member(by=bob, conversation_id=tower.pk, user_id=carl.pk)
    for who in (carl, bob):
        who.is_active = False
        who.save()
    carl.is_active = True
    carl.save()
    assert policy.may_manage(carl, tower)


def test_who_looks_on_does_not_count_as_running_a_room(bob, carl, tower, becomes_viewer):
    actions.add_member(by=bob, conversation_id=tower.pk, user_id=carl.pk)
    becomes_viewer()
    with pytest.raises(ValidationError):
        actions.leave_room(by=carl, conversation_id=tower.pk)
    actions.leave_room(by=bob, conversation_id=tower.pk)


def test_a_room_made_private_is_run_by_somebody_who_may(ada, bob, hangar, becomes_viewer):
    actions.set_role(by=ada, conversation_id=hangar.pk, user_id=bob.pk, role="moderator")
    becomes_viewer()
    actions.set_role(by=ada, conversation_id=hangar.pk, user_id=ada.pk, role="member")
    actions.set_privacy(by=ada, conversation_id=hangar.pk, is_private=True)
    assert hangar.memberships.get(user=ada).role == "moderator"


@EVERY_WAY
def test_an_invitation_ends_with_the_right_to_invite(request, bob, eve, tower, loses_it):
    actions.invite(by=bob, conversation_id=tower.pk, user_id=eve.pk)
    since, asked = eve.inbox.revision, tower.invitations.get(user=eve)
    request.getfixturevalue(loses_it)()
    asked.refresh_from_db()
    assert asked.state == "withdrawn" and notices.unread_count(eve.pk) == 0
    (gone,) = [frame for frame in told(eve, since) if frame["type"] == "notifications_read"]
    assert gone["unread_count"] == 0
    with pytest.raises(PermissionDenied):
        actions.accept_invitation(by=eve, invitation_id=asked.pk)


def test_an_admin_who_is_one_no_more_asks_nobody_into_open_rooms(ada, bob, eve, board, hangar):
    change_board_role(by=ada, board_id=board.pk, user_id=bob.pk, role="admin")
    actions.leave_room(by=bob, conversation_id=hangar.pk)
    actions.invite(by=bob, conversation_id=hangar.pk, user_id=eve.pk)
    change_board_role(by=ada, board_id=board.pk, user_id=bob.pk, role="member")
    assert hangar.invitations.get().state == "withdrawn"


def test_an_invitation_of_somebody_who_still_may_stays(ada, bob, eve, board, tower):
    actions.invite(by=bob, conversation_id=tower.pk, user_id=eve.pk)
    for role in ("admin", "member"):
        change_board_role(by=ada, board_id=board.pk, user_id=bob.pk, role=role)
    assert tower.invitations.get().state == "pending"


def test_an_invitation_that_fell_does_not_keep_others_from_inviting(bob, carl, eve, tower):
    actions.add_member(by=bob, conversation_id=tower.pk, user_id=carl.pk)
    actions.set_role(by=bob, conversation_id=tower.pk, user_id=carl.pk, role="moderator")
    actions.invite(by=bob, conversation_id=tower.pk, user_id=eve.pk)
    bob.__class__.objects.filter(pk=bob.pk).update(is_active=False)  # past all that tells of it
    actions.invite(by=carl, conversation_id=tower.pk, user_id=eve.pk)
    assert list(tower.invitations.order_by("pk").values_list("state", flat=True)) == ["withdrawn", "pending"]
    actions.accept_invitation(by=eve, invitation_id=tower.invitations.latest("pk").pk)


# -- the bell --------------------------------------------------------------------------------------------------------


def rings(who, since):
    """What each frame about notifications says of the bell, in their order."""
    about = [frame for frame in told(who, since) if frame["type"].startswith("notification")]
    return [(frame["type"], frame["unread_count"]) for frame in about]


def test_who_only_read_along_is_told_that_a_closed_room_is_no_news(ada, bob, hangar):
    actions.leave_room(by=bob, conversation_id=hangar.pk)
    say(ada, hangar, "Come back, @bob")
    since = bob.inbox.revision
    actions.set_privacy(by=ada, conversation_id=hangar.pk, is_private=True)
    assert rings(bob, since) == [("notifications_read", 0)]
    actions.set_privacy(by=ada, conversation_id=hangar.pk, is_private=False)
    assert rings(bob, since) == [("notification", 1)]


def test_who_is_inside_keeps_the_news_of_a_closed_room(ada, bob, hangar):
    say(ada, hangar, "Stay, @bob")
    actions.set_privacy(by=ada, conversation_id=hangar.pk, is_private=True)
    assert notices.unread_count(bob.pk) == 1


def test_whose_board_it_is_asks_nobody_into_a_closed_room_from_outside(ada, bob, eve, board, hangar):
    change_board_role(by=ada, board_id=board.pk, user_id=bob.pk, role="admin")
    actions.leave_room(by=bob, conversation_id=hangar.pk)
    actions.invite(by=bob, conversation_id=hangar.pk, user_id=eve.pk)
    since = eve.inbox.revision
    actions.set_privacy(by=ada, conversation_id=hangar.pk, is_private=True)
    assert hangar.invitations.get().state == "withdrawn"
    assert rings(eve, since) == [("notifications_read", 0)]


def test_nobody_is_told_of_an_archived_card_until_it_comes_back(ada, bob, engine):
    assign_task(by=ada, task_id=engine.task_id, user_id=bob.pk)
    since = bob.inbox.revision
    archive_task(by=ada, task_id=engine.task_id)
    assert rings(bob, since) == [("notifications_read", 0)]
    restore_task(by=ada, task_id=engine.task_id)
    assert rings(bob, since) == [("notification", 1)]


def test_a_card_that_was_seen_to_be_mine_comes_back_in_silence(ada, bob, engine):
    assign_task(by=ada, task_id=engine.task_id, user_id=bob.pk)
    actions.mark_notifications_read(by=bob)
    since = bob.inbox.revision
    archive_task(by=ada, task_id=engine.task_id)
    restore_task(by=ada, task_id=engine.task_id)
    assert rings(bob, since) == []


def test_leaving_a_room_reads_nothing_that_is_only_hidden_elsewhere(ada, bob, hangar, engine):
    assign_task(by=ada, task_id=engine.task_id, user_id=bob.pk)
    archive_task(by=ada, task_id=engine.task_id)
    actions.leave_room(by=bob, conversation_id=hangar.pk)
    since = bob.inbox.revision
    restore_task(by=ada, task_id=engine.task_id)
    assert rings(bob, since) == [("notification", 1)]


def test_whoever_leaves_the_board_leaves_no_news_of_it_behind(ada, bob, board, hangar, engine):
    assign_task(by=ada, task_id=engine.task_id, user_id=bob.pk)
    for where in (hangar, engine):
        say(ada, where, "@bob")
    assert notices.unread_count(bob.pk) == 3
    remove_board_member(by=ada, board_id=board.pk, user_id=bob.pk)
    assert not bob.notifications.filter(read_at=None).exists()
