"""What the tests of the launcher share: real launchers on folders of their own, and a person who reads the terminal."""

import pytest

from .terminal import Terminal


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def terminal(folder):
    """Opens terminals in which the start command runs; closes them, and looks that nothing is left."""
    opened = []

    def open_terminal(*options, data=folder, **environment):
        opened.append(Terminal(data, options, environment))
        return opened[-1]

    yield open_terminal
    for one in opened:
        one.close()
