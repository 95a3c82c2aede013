"""The cast on the wire. Each test with `door` runs against both servers."""

import pytest
import pytest_asyncio

from ..fault.lab.web import DAPHNE, UVICORN


@pytest.fixture(params=[DAPHNE, UVICORN])
def web(request, house):
    """The server this test talks to."""
    return next(web for web in house.webs if web.kind == request.param)


@pytest.fixture
def other_web(web, house):
    """The other process of the same installation."""
    return next(other for other in house.webs if other is not web)


@pytest.fixture
def door(web):
    return web.address


def part_of(name):
    @pytest_asyncio.fixture
    async def person(scene, door):
        person = scene.person(name, door)
        yield person
        await person.goes()

    return person


ada, bob, vera, eve = part_of("ada"), part_of("bob"), part_of("vera"), part_of("eve")


@pytest.fixture
def hangar(scene):
    """An open room of the board, new for this test."""
    return scene.room()


@pytest.fixture
def cockpit(scene):
    """A private room of Ada and Bob."""
    return scene.room(private_to=("ada", "bob"))


@pytest.fixture
def far_away(scene):
    """A room that only Eve may enter."""
    return scene.room_elsewhere()


@pytest.fixture
def propeller(scene):
    """The comments of a task."""
    return scene.task()


@pytest.fixture(params=["room", "task"])
def place(request, scene):
    return scene.room() if request.param == "room" else scene.task()
