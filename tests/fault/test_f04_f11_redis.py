"""F04-F11, F46 Redis dies, forgets, freezes, is cut off, goes deaf or refuses. People go on talking."""

import asyncio
import time

import pytest

from .lab.checker import share
from .lab.experiment import SYNCED, Experiment, flawless, rounds
from .lab.house import SQLITE
from .lab.redis import Redis
from .lab.web import DAPHNE, UVICORN
from .lab.wire import Line

DOWN = rounds(2.0, 3.0)  # seconds
HALF_OF_THE_HINTS = {"PRIZMAI_FAILPOINTS": "hints.news=off:0.5"}
GROUPS_IN_REDIS = {"DJANGO_SETTINGS_MODULE": "tests.fault.lab.groups_in_redis"}


async def talk_through(house, breaking, *, rooms=2, webs=None, said=8):
    """The verdict on people who talk while `breaking(experiment)` goes on, and once more when it is over."""
    async with Experiment(house, house.scene, rooms=rooms) as experiment:
        await experiment.gathers([web.address for web in webs or house.webs])
        async with experiment.talking():
            await breaking(experiment)
        verdict = await experiment.settles(within=SYNCED)
    return flawless(verdict, said)


async def comes_back(redis):
    await asyncio.to_thread(lambda: redis.start().wait())


async def test_f04_redis_killed_again_and_again(lab, redis, report):
    async def breaking(experiment):
        for _ in range(rounds(2, 10)):
            redis.kill()
            await asyncio.sleep(DOWN)
            await comes_back(redis)
            await asyncio.sleep(rounds(0.7, 1.5))

    verdict = await talk_through(lab, breaking)
    report(verdict)
    assert verdict.slowest <= 3.0


@pytest.mark.parametrize("lab", [SQLITE], indirect=True)
async def test_f05_redis_restarted_in_peace(lab, redis, report):
    async def breaking(experiment):
        for _ in range(rounds(2, 12)):
            redis.ends_in_peace()
            await comes_back(redis)
            await asyncio.sleep(rounds(1.2, 5))

    verdict = await talk_through(lab, breaking)
    report(verdict)
    assert verdict.slowest <= 3.0


async def test_f06_redis_forgets_everything(lab, redis, report):
    async def breaking(experiment):
        for _ in range(rounds(2, 15)):
            redis.forget_everything()
            await asyncio.sleep(rounds(1, 2))
        again = await experiment.gathers([lab.webs[0].address])  # the same sessions still open doors
        assert all(bot.code not in (4401, 4403) for bot in again)

    verdict = await talk_through(lab, breaking)
    report(f"{verdict}; 0 signed out")
    assert share(verdict.delays, 0.99) <= 1.0


@pytest.mark.parametrize("lab", [SQLITE], indirect=True)
async def test_f07_redis_drops_its_subscribers(lab, redis, report):
    async def breaking(experiment):
        for _ in range(rounds(3, 30)):
            redis.is_told("CLIENT KILL TYPE pubsub")
            await asyncio.sleep(1)

    verdict = await talk_through(lab, breaking)
    report(verdict)
    assert verdict.slowest <= 1.5


async def test_f08_redis_freezes(lab, redis, report):
    async def breaking(experiment):
        for seconds in rounds((1, 3), (1, 8, 60)):
            redis.freeze()
            await asyncio.sleep(seconds)
            redis.thaw()
            await asyncio.sleep(0.5)

    verdict = await talk_through(lab, breaking)
    report(verdict)
    assert verdict.slowest <= 3.0
    assert share(verdict.answers, 0.99) <= 0.3


async def test_f09_the_link_to_redis_is_a_black_hole(linked, report):
    async def breaking(experiment):
        for seconds in rounds((3,), (1, 8, 60)):
            linked.to_redis.swallows()
            await asyncio.sleep(seconds)
            linked.to_redis.heals()
            await asyncio.sleep(0.5)

    verdict = await talk_through(linked, breaking)
    report(verdict)
    assert verdict.slowest <= 3.0
    assert share(verdict.answers, 0.99) <= 0.3


@pytest.fixture
def replica(linked, tmp_path):
    """A Redis that repeats the house's, and to which the web processes' open connections lead."""
    replica = Redis(tmp_path).start().wait()
    replica.is_told(f"REPLICAOF 127.0.0.1 {linked.redis.port}")
    yield replica
    linked.to_redis.leads_to(linked.redis.port)
    linked.to_redis.resets()
    replica.kill()


async def turns_deaf(linked, replica, addresses, cookie, path):
    """Seconds until both processes say that they are degraded: subscribers hang on a replica that is no longer one.

    Their publishers reach the true Redis, every connection looks well, and nothing that is published comes back.
    """
    linked.to_redis.leads_to(replica.port)
    linked.to_redis.resets()
    lines = [await Line.opened(address, path, cookie=cookie) for address in addresses]
    for line in lines:
        await line.hears_such(lambda frame: frame.get("mode") == "live", "live mode", within=10)
    linked.to_redis.leads_to(linked.redis.port)
    replica.is_told("CLIENT KILL TYPE normal")
    already = [len(line.heard) for line in lines]
    replica.is_told("REPLICAOF NO ONE")
    deaf_at = time.monotonic()
    try:
        for line, count in zip(lines, already, strict=True):
            await line.hears("mode", mode="degraded", within=3, after=count)
        return time.monotonic() - deaf_at
    finally:
        for line in lines:
            await line.closes()


async def test_f10_redis_is_up_but_hears_no_publishes(linked, replica, report):
    cookie = linked.scene.stage.ask("sign_in", user_id=linked.scene.ids["ada"])
    path, took = linked.scene.room().path, []

    async def breaking(experiment):
        addresses = [web.address for web in linked.webs]
        took.append(await turns_deaf(linked, replica, addresses, cookie, path))

    verdict = await talk_through(linked, breaking)
    report(f"degraded after {took[0]:.1f} s; {verdict}")


async def test_f10_twin_without_the_probe_nobody_says_so(linked, replica, report):
    cookie = linked.scene.stage.ask("sign_in", user_id=linked.scene.ids["ada"])
    unprobed = linked.extra(DAPHNE, **linked.over_links, PRIZMAI_LIVE_PROBE="off")
    with unprobed as (web,), pytest.raises(AssertionError, match="did not come"):
        await turns_deaf(linked, replica, [web.address], cookie, linked.scene.room().path)
    report("says live, and hears nothing")


FULL_UP = [("maxmemory", "1"), ("maxclients", "1"), ("requirepass", "another")]


@pytest.mark.parametrize("setting, value", FULL_UP, ids=lambda word: word)
async def test_f11_redis_refuses(linked, setting, value, report):
    before = linked.redis.says(f"CONFIG GET {setting}").split("\r\n")[4]

    async def breaking(experiment):
        linked.redis.is_told(f"CONFIG SET {setting} {value}")
        linked.to_redis.resets()
        await asyncio.sleep(rounds(2, 10))

    try:
        verdict = await talk_through(linked, breaking)
    finally:
        linked.redis.restart()  # an inline client cannot say its way back in
        linked.redis.is_told(f'CONFIG SET {setting} "{before}"')
    report(verdict)


@pytest.mark.parametrize("lab", [SQLITE], indirect=True)
async def test_f46_half_of_the_hints_are_lost(lab, redis, report):
    with lab.extra(DAPHNE, UVICORN, **HALF_OF_THE_HINTS) as webs:
        verdict = await talk_through(lab, lambda experiment: asyncio.sleep(rounds(3, 30)), webs=webs)
    report(verdict)
    assert share(verdict.delays, 0.99) <= 1.3


# -- the twins: hints are all they have --------------------------------------------------------------------------


async def until_live(house, within=10):
    async with asyncio.timeout(within):
        while any(web.tells()["mode"] == "degraded" for web in house.webs):
            await asyncio.sleep(0.1)


def killed(house):
    house.redis.kill()


def ended(house):
    house.redis.ends_in_peace()


def frozen(house):
    house.redis.freeze()


def cut_off(house):
    house.to_redis.swallows()


def locked_out(house):
    house.redis.is_told("CONFIG SET requirepass another")
    house.to_redis.resets()


BREAKING = {"f04": killed, "f05": ended, "f08": frozen, "f09": cut_off, "f11": locked_out}


@pytest.mark.parametrize("breaks", BREAKING.values(), ids=BREAKING)
async def test_the_twin_without_the_poll_misses_what_was_said(twin, twin_redis, breaks, report):
    async with Experiment(twin, twin.scene, rooms=1) as experiment:
        await experiment.gathers([web.address for web in twin.webs])
        await until_live(twin)
        await experiment.talks(0.3)
        assert not (await experiment.settles(within=5)).faults  # with Redis even the twin is well
        breaks(twin)
        await experiment.talks(0.5)
        verdict = await experiment.settles(within=1.5)
    report(verdict)
    assert set(verdict.faults) == {"unseen"}


async def test_f06_twin_with_groups_in_redis_forgets_who_listens(twin, twin_redis, report):
    """And with neither poll nor probe: the usual channel layer, as the usual chat trusts it."""
    with twin.extra(DAPHNE, UVICORN, **GROUPS_IN_REDIS, PRIZMAI_LIVE_PROBE="off") as webs:
        async with Experiment(twin, twin.scene, rooms=1) as experiment:
            await experiment.gathers([web.address for web in webs])
            twin_redis.forget_everything()
            await experiment.talks(0.5)
            verdict = await experiment.settles(within=1.5)
    report(verdict)
    assert set(verdict.faults) == {"unseen"}


async def last_words(twin, webs, after_each=lambda: None):
    """The verdict on what is said in a dozen rooms, once in each: nothing comes after it that would heal a loss."""
    async with Experiment(twin, twin.scene, rooms=12, tasks=0) as experiment:
        bots = await experiment.gathers([web.address for web in webs], each=1, plain=0)
        for bot in bots[::2]:
            await experiment.says_something(bot)
            await bot.has_sent_all()
            after_each()
        return await experiment.settles(within=1.5)


async def test_f07_twin_without_the_poll_last_words_are_lost(twin, twin_redis, report):
    """A listener that lost its connection has a new one at once, but reads it only later; and then that one is lost."""
    await until_live(twin)
    verdict = await last_words(twin, twin.webs, lambda: twin_redis.is_told("CLIENT KILL TYPE pubsub"))
    report(verdict)
    assert set(verdict.faults) == {"unseen"}


async def test_f46_twin_without_the_poll_half_of_the_last_words_are_lost(twin, twin_redis, report):
    with twin.extra(DAPHNE, UVICORN, **HALF_OF_THE_HINTS) as webs:
        verdict = await last_words(twin, webs)
    report(verdict)
    assert set(verdict.faults) == {"unseen"}
