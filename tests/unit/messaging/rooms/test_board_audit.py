"""Owners and admins of a board see what was done there, but for what is not theirs to know."""

import re

import pytest
from django.test import Client

from boards.actions import change_board_role, create_board
from messaging.actions import archive_room, create_room, remove_member

SENTENCE = re.compile(r'<span class="audit-sentence">([^<]*)</span>')


def seen_by(reader, board, **asked):
    """What the page tells this person, or its status."""
    client = Client(headers={"User-Agent": "Firefox/130"})
    client.force_login(reader)
    answer = client.get(f"/messaging/board/{board.pk}/audit/", asked)
    text = answer.content.decode()
    assert "127.0.0.1" not in text  # from where others came is for who looks after the people
    return SENTENCE.findall(text) if answer.status_code == 200 else answer.status_code


def test_a_boards_log_tells_of_that_board_alone(ada, bob, board):
    create_board(by=ada, name="Elsewhere")
    told = seen_by(ada, board)
    assert told[0] == "Ada (@ada) added Vera (@vera) to the board Hangar as viewer."
    assert told[-1] == "Ada (@ada) made the board Hangar."
    assert not [sentence for sentence in told if "Elsewhere" in sentence]


@pytest.mark.parametrize("who", ["bob", "vera", "gus", "eve", "rex"])
def test_only_those_who_manage_the_board_see_its_log(request, board, hangar, who):
    assert seen_by(request.getfixturevalue(who), board) == 404


def test_an_administrator_of_the_installation_sees_no_board_by_that(eve, board):
    eve.is_superuser = True
    eve.save()
    assert seen_by(eve, board) == 404


def test_of_private_rooms_only_those_know_who_are_in_them(ada, bob, vera, board):
    change_board_role(by=ada, board_id=board.pk, user_id=bob.pk, role="admin")
    room = create_room(by=bob, board_id=board.pk, name="Quiet", is_private=True, people=[vera.pk])
    remove_member(by=bob, conversation_id=room.pk, user_id=vera.pk)
    assert len([sentence for sentence in seen_by(bob, board) if "Quiet" in sentence]) == 2
    assert not [sentence for sentence in seen_by(ada, board) if "Quiet" in sentence]


def test_a_boards_log_is_filtered_like_the_whole_log(ada, board, hangar):
    archive_room(by=ada, conversation_id=hangar.pk)
    told = seen_by(ada, board, group="room", person="ada")
    assert told[0] == "Ada (@ada) archived the room General (Hangar)."
    assert seen_by(ada, board, group="session") == []
