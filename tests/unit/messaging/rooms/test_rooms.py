"""Rooms are opened, named, archived; people come and go."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from boards.actions import add_board_member, create_task, edit_task, remove_board_member
from messaging import policy
from messaging.actions import (
    add_member,
    archive_room,
    clear_conversation,
    create_room,
    delete_message,
    join_room,
    leave_room,
    open_direct,
    post_message,
    remove_member,
    rename_room,
    restore_room,
)
from messaging.models import Conversation, Departure, Membership, Message

from ..conftest import now, say


def members(room):
    return set(room.memberships.values_list("user__username", flat=True))


def last_event(room):
    return Message.objects.filter(conversation=room, kind="system").latest("seq")


def test_a_board_begins_with_a_room_for_everybody(board):
    room = board.conversations.get(kind="room")
    assert room.name == "General"
    assert members(room) == {"ada", "bob", "vera"}


def test_an_open_room_has_everybody_in_it(bob, board):
    assert members(create_room(by=bob, board_id=board.pk, name="Wings")) == {"ada", "bob", "vera"}


def test_a_private_room_has_those_chosen_of_the_board(bob, vera, eve, board):
    room = create_room(by=bob, board_id=board.pk, name="Quiet", is_private=True, people=[vera.pk, eve.pk])
    assert members(room) == {"bob", "vera"}


def test_lookers_and_outsiders_open_no_rooms(vera, eve, board):
    for who in (vera, eve):
        with pytest.raises(PermissionDenied):
            create_room(by=who, board_id=board.pk, name="Mine")


def test_the_names_of_a_boards_rooms_differ_by_more_than_case(ada, board):
    with pytest.raises(ValidationError):
        create_room(by=ada, board_id=board.pk, name="GENERAL")


def test_a_new_name_is_told_in_the_room(ada, bob, hangar):
    rename_room(by=ada, conversation_id=hangar.pk, name="Runway")
    assert last_event(hangar).event == {"what": "renamed", "name": "Runway"}
    assert last_event(hangar).body == "Ada renamed the room to Runway."
    with pytest.raises(PermissionDenied):
        rename_room(by=bob, conversation_id=hangar.pk, name="Mine")


def test_an_archived_room_takes_no_messages_until_it_is_opened_again(ada, hangar):
    archive_room(by=ada, conversation_id=hangar.pk)
    with pytest.raises(PermissionDenied):
        say(ada, hangar, "Hello?")
    restore_room(by=ada, conversation_id=hangar.pk)
    say(ada, hangar, "Hello!")


def test_the_past_is_not_unread_to_a_new_member(ada, bob, cockpit):
    say(ada, cockpit, "Before")
    add_member(by=ada, conversation_id=cockpit.pk, user_id=bob.pk)
    assert cockpit.memberships.get(user=bob).read_seq == now(cockpit).last_seq


def test_adding_somebody_twice_changes_nothing(ada, bob, hangar):
    add_member(by=ada, conversation_id=hangar.pk, user_id=bob.pk)
    assert now(hangar).revision == hangar.revision


def test_only_moderators_choose_the_people(bob, eve, gus, hangar):
    with pytest.raises(PermissionDenied):
        add_member(by=bob, conversation_id=hangar.pk, user_id=eve.pk)
    with pytest.raises(PermissionDenied):
        remove_member(by=bob, conversation_id=hangar.pk, user_id=gus.pk)


def test_a_removal_ends_access_and_is_told(ada, gus, cockpit):
    remove_member(by=ada, conversation_id=cockpit.pk, user_id=gus.pk)
    assert now(cockpit).access == cockpit.access + 1
    assert last_event(cockpit).event == {"what": "member_removed", "user_id": gus.pk}
    assert not policy.may_read(gus, cockpit)
    with pytest.raises(PermissionDenied):
        say(gus, cockpit, "Still here?")
    assert Departure.objects.filter(user=gus, conversation=cockpit).exists()


def test_leaving_and_joining_again(bob, hangar):
    leave_room(by=bob, conversation_id=hangar.pk)
    assert "bob" not in members(hangar)
    join_room(by=bob, conversation_id=hangar.pk)
    assert "bob" in members(hangar)
    assert not Departure.objects.filter(user=bob, conversation=hangar).exists()


def test_a_private_room_is_not_joined(bob, cockpit):
    with pytest.raises(PermissionDenied):
        join_room(by=bob, conversation_id=cockpit.pk)


def test_whoever_joins_the_board_is_in_its_open_rooms(ada, eve, board, hangar, cockpit, engine):
    say(ada, engine, "Before")
    add_board_member(by=ada, board_id=board.pk, user_id=eve.pk)
    assert "eve" in members(hangar)
    assert "eve" not in members(cockpit)
    assert engine.memberships.get(user=eve).read_seq == now(engine).last_seq


def test_whoever_leaves_the_board_is_out_of_everything(ada, bob, board, hangar, cockpit, engine):
    add_member(by=ada, conversation_id=cockpit.pk, user_id=bob.pk)
    say(bob, engine, "Mine")
    before = now(engine).access
    remove_board_member(by=ada, board_id=board.pk, user_id=bob.pk)
    assert not Conversation.objects.visible_to(bob).exclude(kind="direct")
    assert not Membership.objects.filter(user=bob, conversation__board=board)
    assert now(engine).access == before + 1
    assert last_event(hangar).event["what"] == "member_removed"


def test_a_guest_stays_when_the_board_changes(ada, bob, gus, board, hangar):
    remove_board_member(by=ada, board_id=board.pk, user_id=bob.pk)
    assert policy.may_read(gus, hangar)


def test_every_task_has_its_comments(ada, board):
    task = create_task(by=ada, column_id=board.columns.first().pk, title="Wing")
    assert task.conversation.is_task
    edit_task(by=ada, task_id=task.pk, title="Left wing")
    assert last_event(task.conversation).event == {"what": "renamed", "name": "Left wing"}


def test_a_direct_conversation_is_found_again(ada, bob, direct):
    assert open_direct(by=bob, people=[ada.pk]) == direct
    assert members(direct) == {"ada", "bob"}


def test_strangers_are_not_talked_to(ada, eve, direct):
    for people in ([eve.pk], [10**9], [eve.pk, 10**9]):
        with pytest.raises(PermissionDenied):
            open_direct(by=ada, people=people)
    with pytest.raises(ValidationError):
        open_direct(by=ada, people=[ada.pk])


def test_a_direct_conversation_is_nobodys_to_manage(ada, bob, direct):
    message = say(bob, direct, "Private")
    with pytest.raises(PermissionDenied):
        clear_conversation(conversation_id=direct.pk, by=ada)
    with pytest.raises(PermissionDenied):
        delete_message(conversation_id=direct.pk, message_id=message.pk, by=ada)
    with pytest.raises(PermissionDenied):
        leave_room(by=ada, conversation_id=direct.pk)


def test_a_clearing_leaves_no_word_and_one_line(ada, bob, gus, hangar):
    say(bob, hangar, "one @ada")
    say(bob, hangar, "two")
    event = clear_conversation(conversation_id=hangar.pk, by=ada)
    assert event.event == {"what": "cleared", "count": 2}
    assert now(hangar).cleared_seq == event.seq - 1
    assert not Message.objects.filter(conversation=hangar, seq__lt=event.seq).exclude(body="")
    assert not ada.notifications.filter(read_at=None)
    with pytest.raises(PermissionDenied):
        clear_conversation(conversation_id=hangar.pk, by=bob)


def test_places_are_gapless_through_it_all(ada, bob, hangar):
    message = say(bob, hangar, "one")
    clear_conversation(conversation_id=hangar.pk, by=ada)
    delete = say(bob, hangar, "two")
    delete_message(conversation_id=hangar.pk, message_id=delete.pk, by=bob)
    post_message(conversation_id=hangar.pk, author=ada, body="three")
    seqs = list(Message.objects.filter(conversation=hangar).order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, now(hangar).last_seq + 1))
    assert message.seq in seqs
