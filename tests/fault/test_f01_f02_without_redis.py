"""F01 Redis was never started. F02 It starts long after the app."""

import asyncio
import time

from .lab.checker import share
from .lab.experiment import Experiment
from .lab.web import DAPHNE
from .lab.wire import PLAIN, Line


async def test_f01_people_talk_without_redis(lab, report):
    lab.redis.kill()
    async with Experiment(lab, lab.scene) as experiment:
        await experiment.gathers([web.address for web in lab.webs])
        await experiment.talks(4)
        verdict = await experiment.settles(within=3)
    report(verdict)
    assert verdict.said > 40 and not verdict.faults and not verdict.waiting
    assert share(verdict.delays, 0.99) <= 1.0


async def test_f01_twin_without_the_poll_they_do_not_hear_each_other(twin, report):
    twin.redis.kill()
    async with Experiment(twin, twin.scene) as experiment:
        await experiment.gathers([web.address for web in twin.webs])
        await experiment.talks(1)
        verdict = await experiment.settles(within=2)
    report(verdict)
    assert set(verdict.faults) == {"unseen"}


async def test_f02_redis_that_comes_late_is_found(lab, report):
    lab.redis.kill()
    pilot = lab.scene.room()
    cookie = lab.scene.stage.ask("sign_in", user_id=lab.scene.ids["ada"])
    lines = [await Line.opened(web.address, pilot.path, cookie=cookie) for web in lab.webs]
    degraded = [await line.hears_such(_says("degraded"), "degraded mode", within=10) for line in lines]
    assert len(degraded) == 2
    lab.redis.start().wait()
    started = time.monotonic()
    await asyncio.gather(*(line.hears("mode", mode="live", within=3) for line in lines))
    report(f"live again after {time.monotonic() - started:.1f} s")
    for line in lines:
        await line.closes()


async def test_f02_twin_without_the_probe_it_claims_to_be_live(twin, report):
    twin.redis.kill()
    cookie = twin.scene.stage.ask("sign_in", user_id=twin.scene.ids["ada"])
    with twin.extra(DAPHNE, PRIZMAI_LIVE_PROBE="off") as (web,):
        line = await Line.opened(web.address, twin.scene.room().path, cookie=cookie)
        await line.hears_such(_says("live"), "a claim to be live", within=3)
        report("says live, and is not")
        await line.closes()


def _says(mode):
    return lambda frame: frame["type"] in ("welcome", "mode") and frame["mode"] == mode


async def test_f01_pages_and_plain_clients_work_too(lab):
    lab.redis.kill()
    room = lab.scene.room()
    cookies = [lab.scene.stage.ask("sign_in", user_id=lab.scene.ids[name]) for name in ("ada", "bob")]
    ada = await Line.opened(lab.webs[0].address, room.path, cookie=cookies[0], dialect=PLAIN)
    bob = await Line.opened(lab.webs[1].address, room.path, cookie=cookies[1], dialect=PLAIN)
    await bob.hears("presence_update")
    await ada.says("chat_message", message="Plainly without Redis")
    await bob.hears("chat_message", message="Plainly without Redis", within=2)
    await ada.closes(), await bob.closes()
