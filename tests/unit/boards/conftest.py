"""The cast at the board: Ada owns the hangar, Bob works in it, Vera looks on, Eve is never in it."""

import pytest

from boards.actions import create_task
from boards.models import Task


@pytest.fixture
def hangar(with_board):
    board = with_board.board
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
