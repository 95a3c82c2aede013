"""A server that is told to stop says so to everybody, and a restart of one after the other loses nothing."""

import asyncio
import json
import os
import shutil
import signal
from types import SimpleNamespace

import pytest

from operations.start.readiness import wait_until
from operations.websocket_by_hand import ask_http

from ..fault.lab.experiment import Experiment
from ..fault.lab.house import House
from ..fault.lab.stage import Stage
from ..fault.lab.web import DAPHNE, UVICORN
from ..scene import Scene
from .terminal import clean_environment
from .test_two_installations import redis_of

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")
needs_redis = pytest.mark.skipif(not shutil.which("redis-server"), reason="needs a redis-server")


@pytest.fixture(scope="module")
def house():
    with House() as house:
        house.settle()
        house.scene = Scene(house.stage).is_set()
        yield house


@needs_redis
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("kind", [DAPHNE, UVICORN])
async def test_a_server_that_stops_tells_everybody(house, kind, sign):
    (web,) = house.opens(kind)
    scene, hangar = house.scene, house.scene.room()
    people = [scene.person(name, web.address) for name in ("ada", "bob", "vera")]
    lines = [await person.enters(hangar) for person in people]
    lines.append(await people[0].enters(hangar, dialect=None))
    lines.append(await people[1].dials("/ws/inbox/"))
    ack = await people[0].posts(hangar, "Last words")
    web.process.send_signal(sign)
    assert await asyncio.gather(*(line.is_closed() for line in lines)) == [1012] * len(lines)
    assert all(line.has_heard("chat_message", message_id=ack["message_id"]) for line in lines[:4])
    assert await asyncio.to_thread(wait_until, lambda: not web.lives, 10)
    assert web.process.returncode in (0, -sign)
    for person in people:
        await person.goes()


@pytest.fixture
def launched(tables, terminal):
    """What the launcher runs, as the laboratory's experiments want a house to be."""
    screen = terminal("--no-demo", "--server", "uvicorn", "--workers", "2", PRIZMAI_LOADTEST="1").is_up()
    env = {**clean_environment(), "PRIZMAI_DATA": str(screen.data), "REDIS_URL": redis_of(screen)}
    stage = Stage(env, screen.data / "stage.log")
    yield SimpleNamespace(
        folder=screen.data,
        database_url=f"sqlite:///{screen.data / 'prizmai.sqlite3'}",
        screen=screen,
        scene=Scene(stage).is_set(),
        door=f"localhost:{screen.port}",
    )
    stage.close()


def who_answers(door):
    """The processes behind this door."""
    return {json.loads(ask_http(f"http://{door}", "/healthz")[2])["process"] for _ in range(30)}


async def test_one_after_the_other_is_restarted_and_nothing_is_lost(launched):
    screen = launched.screen
    before = who_answers(launched.door)
    assert len(before) == 2
    async with Experiment(launched, launched.scene) as experiment:
        await experiment.gathers([launched.door], each=5)
        async with experiment.talking(rate=20):
            for name in ("web 1", "web 2"):
                old, lines = screen.parts[name], len(screen.text.splitlines())
                await asyncio.sleep(1)
                os.kill(old, signal.SIGTERM)
                await asyncio.to_thread(screen.sees, rf"{name} ended \(", lines)
                fresh = lambda: len(who_answers(launched.door)) == 2 and screen.parts[name] != old  # noqa: B023, E731
                assert await asyncio.to_thread(wait_until, fresh, 30)
            await asyncio.sleep(1)
        verdict = await experiment.settles(within=5)
        left = [entry["code"] for entry in experiment.diary.entries() if entry["what"] == "lost the line"]
    assert not before & who_answers(launched.door)
    assert verdict.said > 30 and not verdict.faults and not verdict.waiting
    assert len(left) >= 15 and set(left) == {1012}
