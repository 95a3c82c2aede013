"""The cast: Ada owns a board, Bob is a member, Vera a viewer. Gus and Eve are not on it.

Making the board takes longer than most tests, so the board and its people are made once, and copied for other tests.
"""

from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model

from accounts.addresses import prove
from boards.actions import add_board_member, create_board

from .copied import copied


def person(username):
    """A new user with a proved address."""
    address = f"{username}@example.org"
    user = get_user_model().objects.create_user(username, address, display_name=username.title())
    prove(user, address)
    return user


def board_of(ada, bob, vera):
    board = create_board(by=ada, name="Hangar")
    add_board_member(by=ada, board_id=board.pk, user_id=bob.pk)
    add_board_member(by=ada, board_id=board.pk, user_id=vera.pk, role="viewer")
    return board


def set_board():
    people = {name: person(name) for name in ("ada", "bob", "vera")}
    return SimpleNamespace(**people, board=board_of(**people))


@pytest.fixture
def with_board(db):
    """The board and its people."""
    return copied(set_board)


def _comes(request, name):
    """One of the board's people if this test uses the board, or else a new user."""
    if "with_board" in request.fixturenames:
        of_board = request.getfixturevalue("with_board")
        return getattr(of_board, name, None) or person(name)
    return person(name)


@pytest.fixture
def ada(request, db):
    return _comes(request, "ada")


@pytest.fixture
def bob(request, db):
    return _comes(request, "bob")


@pytest.fixture
def vera(request, db):
    return _comes(request, "vera")


@pytest.fixture
def gus(request, db):
    return _comes(request, "gus")


@pytest.fixture
def eve(request, db):
    return _comes(request, "eve")
