"""What all tests with running servers share: one installation, with the scene set in it."""

import signal

import pytest

from .fault.lab.house import House
from .fault.lab.web import DAPHNE, UVICORN
from .scene import Scene

# A shell makes programs in the background ignore Ctrl-C, and the servers that we start would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def house():
    """SQLite and Redis, Daphne and uvicorn side by side: two processes of one installation."""
    with House() as house:
        house.settle().opens(DAPHNE, UVICORN)
        yield house


@pytest.fixture(scope="session")
def scene(house):
    return Scene(house.stage).is_set()
