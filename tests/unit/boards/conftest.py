"""The cast at the board: Ada owns the hangar, Bob works in it, Vera looks on, Eve is never in it."""

import pytest
from django.contrib.auth import get_user_model

from boards.actions import add_board_member, create_board, create_task
from boards.models import Task


def person(username):
    return get_user_model().objects.create_user(
        username, f"{username}@example.org", display_name=username.title()
    )


@pytest.fixture
def ada(db):
    return person("ada")


@pytest.fixture
def bob(db):
    return person("bob")


@pytest.fixture
def vera(db):
    return person("vera")


@pytest.fixture
def eve(db):
    return person("eve")


@pytest.fixture
def hangar(ada, bob, vera):
    board = create_board(by=ada, name="Hangar")
    add_board_member(by=ada, board_id=board.pk, user_id=bob.pk)
    add_board_member(by=ada, board_id=board.pk, user_id=vera.pk, role="viewer")
    board.refresh_from_db()
    return board


@pytest.fixture
def to_do(hangar):
    return hangar.columns.get(title="To do")


@pytest.fixture
def doing(hangar):
    return hangar.columns.get(title="Doing")


@pytest.fixture
def cards(ada, to_do):
    """Three cards in the first column: Engine, Wing, Rudder."""
    return [create_task(by=ada, column_id=to_do.pk, title=title) for title in ("Engine", "Wing", "Rudder")]


def titles(column):
    """The titles of the column's cards, from its head to its foot."""
    return [task.title for task in Task.objects.shown().filter(column=column)]
