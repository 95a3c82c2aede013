"""F04 Redis is killed. F06 It forgets everything. F08 It freezes. People go on talking and nobody notices."""

import asyncio

from .lab.checker import share
from .lab.experiment import Experiment, rounds

DOWN = 3.0  # seconds


async def test_f04_redis_killed_again_and_again(lab, redis, report):
    async with Experiment(lab, lab.scene) as experiment:
        await experiment.gathers([web.address for web in lab.webs])
        async with experiment.talking():
            for _ in range(rounds(2, 10) - 1):
                await asyncio.sleep(0.5)
                redis.kill()
                await asyncio.sleep(DOWN)
                await asyncio.to_thread(lambda: redis.start().wait())
                await asyncio.sleep(1)
        redis.kill()
        await experiment.talks(1)
        verdict = await experiment.settles(within=3)
    report(verdict)
    assert verdict.said > 50 and not verdict.faults and not verdict.waiting
    assert verdict.slowest <= 3.0


async def test_f04_twin_without_the_poll_what_was_said_stays_unseen(twin, twin_redis, report):
    async with Experiment(twin, twin.scene) as experiment:
        await experiment.gathers([web.address for web in twin.webs])
        await experiment.talks(0.5)
        assert not (await experiment.settles(within=5)).faults  # with Redis even the twin is well
        twin_redis.kill()
        await experiment.talks(0.5)
        verdict = await experiment.settles(within=3)
    report(verdict)
    assert set(verdict.faults) == {"unseen"}


async def test_f06_redis_forgets_everything(lab, redis, report):
    async with Experiment(lab, lab.scene) as experiment:
        await experiment.gathers([web.address for web in lab.webs])
        async with experiment.talking():
            for _ in range(rounds(3, 15)):
                redis.forget_everything()
                await asyncio.sleep(2)
        verdict = await experiment.settles(within=3)
        again = await experiment.gathers([lab.webs[0].address])  # the same sessions still open doors
        assert all(bot.code not in (4401, 4403) for bot in again)
    report(verdict)
    assert verdict.said > 50 and not verdict.faults and not verdict.waiting
    assert share(verdict.delays, 0.99) <= 1.0


async def test_f08_redis_freezes(lab, redis, report):
    async with Experiment(lab, lab.scene) as experiment:
        await experiment.gathers([web.address for web in lab.webs])
        async with experiment.talking():
            for seconds in rounds((1, 4), (1, 8, 60)):
                redis.freeze()
                await asyncio.sleep(seconds)
                redis.thaw()
                await asyncio.sleep(0.5)
        verdict = await experiment.settles(within=3)
    report(verdict)
    assert verdict.said > 50 and not verdict.faults and not verdict.waiting
    assert verdict.slowest <= 3.0
    assert share(verdict.answers, 0.99) <= 0.3


async def test_f08_twin_without_the_poll_a_freeze_is_seen(twin, twin_redis, report):
    async with Experiment(twin, twin.scene) as experiment:
        await experiment.gathers([web.address for web in twin.webs])
        twin_redis.freeze()
        await experiment.talks(0.5)
        verdict = await experiment.settles(within=3)
    report(verdict)
    assert set(verdict.faults) == {"unseen"}
