"""F04 Redis is killed where Sentinels watch two of them: another takes its place, and people go on talking."""

import asyncio
import time

import pytest

from ..scene import Scene
from .lab.experiment import SYNCED, Experiment, flawless
from .lab.house import House
from .lab.sentinels import Watched
from .lab.web import DAPHNE, UVICORN
from .lab.wire import Line

BACK = 15.0  # seconds in which another is chosen, and found by everybody


@pytest.fixture
def watched(tmp_path):
    watched = Watched(tmp_path)
    yield watched.start()
    watched.close()


@pytest.fixture
def house(watched):
    """Without a Redis of its own, and with nothing open yet."""
    with House(None, {"REDIS_URL": watched.url}) as house:
        house.has_tables()
        house.scene = Scene(house.stage).is_set()
        yield house


async def until_all_say(webs, mode, within):
    """Seconds until then."""
    began = time.monotonic()
    async with asyncio.timeout(within):
        while any(web.tells()["mode"] != mode for web in webs):
            await asyncio.sleep(0.05)
    return time.monotonic() - began


async def until_done(house, errands, within):
    async with asyncio.timeout(within):
        while house.stage.ask("errands_done", ids=errands) < len(errands):
            await asyncio.sleep(0.2)


def leaves_an_errand(house):
    """Bob is mentioned, and to be told."""
    ids = house.scene.ids
    room = house.scene.room().conversation_id
    house.stage.ask("post", by=ids["ada"], conversation_id=room, text="@bob look")
    return house.stage.ask("leaves_errands", user_id=ids["bob"])


async def test_f04_another_primary_is_found_and_nothing_is_lost(house, watched, report):
    """By the web processes, and by the worker."""
    worker, _ = house.hires()
    worker.start()
    webs = house.opens(DAPHNE, UVICORN)
    worker.wait()
    async with Experiment(house, house.scene, rooms=2) as experiment:
        await experiment.gathers([web.address for web in webs])
        await until_all_say(webs, "live", within=10)
        async with experiment.talking():
            await asyncio.sleep(1)
            watched.loses_a_machine()
            await until_all_say(webs, "degraded", within=3)
            took = await until_all_say(webs, "live", within=BACK)
            await asyncio.sleep(1)
        verdict = await experiment.settles(within=SYNCED)
    assert not any(watched.are_asked_by(web) for web in webs)
    errands = leaves_an_errand(house)
    house.stage.ask("queue_sweep")
    await until_done(house, errands, within=BACK)
    report(
        f"two Redis and three Sentinels: live again after {took:.1f} s, a job done by the other; {verdict}"
    )
    assert flawless(verdict, 20).slowest <= 3.0
    assert "DeprecationWarning" not in worker.log.read_text()  # a host is told what happened, and no more
    assert all(web.tells()["redis"].startswith("redis+sentinel://") for web in webs)


async def test_f04_twin_without_the_poll_nobody_sees_what_was_said_meanwhile(house, watched, report):
    webs = house.opens(DAPHNE, UVICORN, PRIZMAI_LIVE_POLL="off")
    async with Experiment(house, house.scene, rooms=1) as experiment:
        await experiment.gathers([web.address for web in webs])
        await until_all_say(webs, "live", within=10)
        await experiment.talks(0.3)
        assert not (await experiment.settles(within=5)).faults  # with a primary even the twin is well
        watched.loses_a_machine()
        await experiment.talks(0.5)
        verdict = await experiment.settles(within=1.5)
    report(verdict)
    assert set(verdict.faults) == {"unseen"}


async def test_f04_twin_told_of_one_server_stays_without_redis(house, watched):
    [web] = house.opens(DAPHNE, REDIS_URL=watched.url_of_the_first)
    room, cookie = house.scene.room(), house.stage.ask("sign_in", user_id=house.scene.ids["ada"])
    line = await Line.opened(web.address, room.path, cookie=cookie)
    await until_all_say([web], "live", within=10)
    watched.loses_a_machine()
    await asyncio.to_thread(watched.until_another_is_named)
    with pytest.raises(TimeoutError):
        await until_all_say([web], "live", within=3)
    await line.closes()
