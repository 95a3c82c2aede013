"""F15 A web process freezes: whoever hangs on it moves. F16 All are restarted in turn: everybody is told, and moves."""

import asyncio
from collections import Counter

import pytest

from live.sockets.close_codes import RESTART

from .lab.experiment import FULL, SYNCED, Experiment, flawless, rounds
from .lab.house import SQLITE
from .lab.web import DAPHNE, UVICORN

BEAT = rounds(1.0, 25.0)  # seconds; the product's own before a release
NOTICED = rounds(5.0, 40.0)  # after the freeze, by the same measure


@pytest.mark.parametrize("kind", [DAPHNE, UVICORN])
@pytest.mark.parametrize("lab", [SQLITE], indirect=True)
async def test_f15_a_web_process_freezes_and_its_people_move(lab, redis, kind, report):
    frozen, other = sorted(lab.webs, key=lambda web: web.kind != kind)
    doors = [frozen.address, other.address]
    async with Experiment(lab, lab.scene, rooms=1, tasks=0) as experiment:
        bots = [experiment.bot(experiment.places[0], doors, heartbeat=BEAT) for _ in range(8)]
        experiment.bots += bots
        await asyncio.gather(*(bot.is_online() for bot in bots))
        async with experiment.talking():
            frozen.freeze()
            await all_at(other, bots, NOTICED)
        verdict = await experiment.settles(within=SYNCED)
        frozen.thaw()
    moved = [bot for bot in bots if bot.times_online > 1]
    report(f"{len(moved)} of {len(bots)} moved; {verdict}")
    assert moved
    flawless(verdict, 10)


async def test_f15_twin_without_a_heartbeat_they_hang_on(twin, twin_redis, report):
    async with Experiment(twin, twin.scene, rooms=1, tasks=0) as experiment:
        doors = [web.address for web in twin.webs]
        bots = [experiment.bot(experiment.places[0], doors, heartbeat=3600) for _ in range(6)]
        await asyncio.gather(*(bot.is_online() for bot in bots))
        experiment.bots += bots
        twin.webs[0].freeze()
        await experiment.talks(1)
        verdict = await experiment.settles(within=3)
        twin.webs[0].thaw()
    report(f"{verdict.waiting} waiting; {verdict}")
    assert verdict.waiting or "unseen" in verdict.faults


async def all_at(web, bots, within):
    """Until everybody is at this door."""
    port = str(web.port)

    def is_there(bot):
        return bot.socket is not None and str(bot.socket.remote_address[1]) == port

    async with asyncio.timeout(within):
        while not all(is_there(bot) for bot in bots):
            await asyncio.sleep(0.05)


async def rolls(lab, crowd, webs):
    """Restart these web processes one after the other under load; (verdict, codes by which lines were lost,
    most handshakes in any second at one door)."""
    doors = [web.address for web in webs]
    async with Experiment(lab, lab.scene, rooms=2) as experiment:
        for place in experiment.places:
            experiment.bots += [
                experiment.bot(place, doors[turn % 2 :] + doors[: turn % 2], first_try=0.8)
                for turn in range(crowd)
            ]
        await asyncio.gather(*(bot.is_online(30) for bot in experiment.bots))
        async with experiment.talking(rate=rounds(20, 40)):
            for web in webs:
                experiment.diary.mark("stopping")
                await asyncio.to_thread(web.stop)
                await asyncio.to_thread(lambda web=web: web.start().wait())
                await asyncio.sleep(1)
        await asyncio.gather(*(bot.is_online(10) for bot in experiment.bots))
        verdict = await experiment.settles(within=SYNCED)
        entries = experiment.diary.entries()
    stopping = next(entry["at"] for entry in entries if entry["what"] == "stopping")
    codes = [
        e["code"] for e in entries if e["what"] == "lost the line" and e["at"] > stopping and e["opened"]
    ]
    return verdict, codes, busiest(entry for entry in entries if entry["at"] > stopping)


def busiest(entries):
    """The most people who came through one door in one second."""
    by_door = {}
    for entry in entries:
        if entry["what"] == "online":
            by_door.setdefault(entry["door"], []).append(entry["at"])
    return max(
        sum(1 for at in times if start <= at < start + 1) for times in by_door.values() for start in times
    )


async def test_f16_all_are_restarted_in_turn(lab, redis, report):
    verdict, codes, handshakes = await rolls(lab, rounds(8, 40), lab.webs)
    told = codes.count(RESTART)
    report(
        f"{told} of {len(codes)} saw 1012 ({dict(Counter(codes))}); at most {handshakes} handshakes/s; {verdict}"
    )
    flawless(verdict, 20)
    assert codes and told == len(codes)
    assert handshakes <= 100 or not FULL


@pytest.mark.parametrize("lab", [SQLITE], indirect=True)
async def test_f16_twin_without_a_farewell_the_code_is_another(lab, redis, report):
    with lab.extra(DAPHNE, DAPHNE, PRIZMAI_FAILPOINTS="draining.tell=off") as webs:
        _, codes, _ = await rolls(lab, 2, webs)
    report(f"{codes.count(RESTART)} of {len(codes)} saw 1012")
    assert codes and RESTART not in codes
