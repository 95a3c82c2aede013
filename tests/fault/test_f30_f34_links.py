"""F30-F34 Links that lose one way, slice, delay, reset, or lose packets. Nothing is lost, and everybody comes back."""

import asyncio
import shutil
import subprocess
import time

import pytest

from ..scene import Scene
from .lab import namespace
from .lab.experiment import SYNCED, Experiment, flawless, rounds
from .lab.house import SQLITE, House
from .lab.link import Link
from .lab.proxy import Proxy
from .lab.web import DAPHNE, UVICORN

on_sqlite = pytest.mark.parametrize("lab", [SQLITE], indirect=True)
BEAT = rounds(1.0, 25.0)  # seconds between pings; the product's own before a release
NOTICED = rounds(4.0, 40.0)  # seconds until a silent link is given up, by the same measure
MOST_TRIED = 30  # seconds in which a twin must have lost or doubled something


async def talk_over(lab, door, breaking, *, each=4, within=SYNCED, **manners):
    """The verdict on some who talk over a link while `breaking(experiment)` goes on, and some who do not need it."""
    async with Experiment(lab, lab.scene, rooms=1, tasks=0) as experiment:
        await experiment.gathers([lab.webs[1].address], each=1)
        await experiment.gathers([door], each=each, plain=0, **manners)
        async with experiment.talking(rate=10):
            await breaking(experiment)
        verdict = await experiment.settles(within=within)
        return verdict, experiment.diary.entries()


def seconds_until_left(entries, mark):
    """From the mark to each loss of a line after it."""
    since = next(entry["at"] for entry in entries if entry["what"] == mark)
    return [e["at"] - since for e in entries if e["what"] == "lost the line" and e["at"] > since]


async def one_way_lost(lab, direction, **manners):
    async with Proxy(lab.webs[0].port) as link:

        async def breaking(experiment):
            await asyncio.sleep(0.3)
            experiment.diary.mark("one way lost")
            getattr(link, direction).swallow()
            await asyncio.sleep(NOTICED)
            link.to_server.heal(), link.to_client.heal()
            experiment.diary.mark("healed")

        return await talk_over(lab, link.address, breaking, within=10, **manners)


@on_sqlite
@pytest.mark.parametrize("direction", ["to_server", "to_client"])
async def test_f30_a_link_that_loses_one_way(lab, redis, direction, report):
    verdict, entries = await one_way_lost(lab, direction, heartbeat=BEAT)
    left = seconds_until_left(entries, "one way lost")
    report(f"noticed after at most {max(left):.1f} s with a ping every {BEAT:g} s; {verdict}")
    flawless(verdict, 10)
    assert len(left) >= 4 and sorted(left)[3] <= NOTICED


@on_sqlite
async def test_f30_twin_without_a_heartbeat_nobody_notices(lab, redis, report):
    verdict, entries = await one_way_lost(lab, "to_client", heartbeat=3600)
    left = [at for at in seconds_until_left(entries, "one way lost") if at < NOTICED]
    report(f"{len(left)} noticed; {verdict}")
    assert not left


async def sliced_delayed_reset(lab, enough, resets=0.0005, **manners):
    """Until `enough(experiment, link)` returns; by default every tenth frame or so is cut, at any of its bytes."""
    async with Proxy(lab.webs[0].port) as link:

        async def breaking(experiment):
            for way in (link.to_server, link.to_client):
                way.slice = 1
                way.latency, way.jitter = rounds((0.3, 0.6), (1.0, 2.0))
                way.resets = resets
            await enough(experiment, link)
            for way in (link.to_server, link.to_client):
                way.heal()

        return await talk_over(lab, link.address, breaking, within=10, **manners)


@on_sqlite
async def test_f32_a_link_that_slices_delays_and_resets(lab, redis, report):
    async def enough(experiment, link):
        await asyncio.sleep(rounds(4, 60))

    verdict, entries = await sliced_delayed_reset(lab, enough, first_try=0.1)
    resets = sum(1 for entry in entries if entry["what"] == "lost the line")
    report(f"{resets} lines lost; {verdict}")
    flawless(verdict, 15)
    assert resets


@on_sqlite
async def test_f32_twin_without_a_client_id_says_things_twice(lab, redis, report):
    """All links are reset while answers are on their way, until it happened to one of those who had said something."""

    async def enough(experiment, link):
        until = time.monotonic() + MOST_TRIED
        while time.monotonic() < until:
            await asyncio.gather(*(bot.is_online(10) for bot in experiment.bots))
            await asyncio.sleep(1)
            link.reset()
            await asyncio.gather(*(bot.is_online(10) for bot in experiment.bots))
            if (await asyncio.to_thread(experiment.verdict)).doubled:
                return

    verdict, _ = await sliced_delayed_reset(lab, enough, resets=0, first_try=0.1, careful=False)
    report(verdict)
    assert verdict.doubled


def killed_by_the_kernel(port):
    """How many connections to this port the kernel was told to reset (`ss -K`)."""
    named = ["ss", "-K", "-H", "dst", "127.0.0.1", "dport", "=", f":{port}"]
    return len(subprocess.run(named, capture_output=True, text=True).stdout.splitlines())


@on_sqlite
async def test_f33_the_kernel_resets_connections(lab, redis, report):
    if not shutil.which("ss"):
        pytest.skip("ss (iproute2) is missing")

    async def breaking(experiment):
        for _ in range(rounds(2, 10)):
            await asyncio.sleep(0.5)
            experiment.diary.mark("reset")
            if not killed_by_the_kernel(lab.webs[0].port):
                pytest.skip("this kernel resets no connections on demand")
            await asyncio.gather(*(bot.is_online(5) for bot in experiment.bots))
            await asyncio.sleep(1)

    verdict, entries = await talk_over(lab, lab.webs[0].address, breaking)
    gone = times_away(entries)
    report(f"{len(gone)} resets, back after at most {max(gone):.1f} s; {verdict}")
    flawless(verdict, 8)
    assert len(gone) >= 8 and max(gone) <= 5.0


@on_sqlite
async def test_f33_twin_that_comes_back_without_since_misses_things(lab, redis, report):
    async def breaking(experiment):
        for _ in range(3):
            killed_by_the_kernel(lab.webs[0].port)
            await asyncio.sleep(1)

    verdict, _ = await talk_over(lab, lab.webs[0].address, breaking, within=2, resuming=False)
    report(verdict)
    assert "unseen" in verdict.faults


def times_away(entries):
    lost, gone = {}, []
    for entry in entries:
        if entry["what"] == "lost the line":
            lost.setdefault(entry["who"], entry["at"])
        elif entry["what"] == "online" and entry["who"] in lost:
            gone.append(entry["at"] - lost.pop(entry["who"]))
    return gone


@pytest.fixture(scope="module")
def far_away():
    """An installation in a network of its own, and a link into it: `house.links` lead to its web processes."""
    if why := namespace.missing():
        pytest.skip(why)
    there = namespace.Namespace()
    with House() as house:
        there.runs(house.settle)
        house.scene = Scene(house.stage).is_set()
        there.runs(house.opens, DAPHNE, UVICORN)
        house.links = [Link(web.port, within=there.joined_by_this_thread) for web in house.webs]
        house.network = there
        yield house
        for link in house.links:
            link.close()
    there.close()


async def talk_while_packets_are_lost(far_away, share, seconds, **manners):
    async with Experiment(far_away, far_away.scene) as experiment:
        await experiment.gathers([link.address for link in far_away.links], **manners)
        far_away.network.loses(share)
        try:
            async with experiment.talking():
                await asyncio.sleep(seconds / 2)
                for link in far_away.links:
                    link.resets()
                await asyncio.sleep(seconds / 2)
            verdict = await experiment.settles(within=15)
        finally:
            far_away.network.heals()
    return verdict


async def test_f34_one_packet_in_twenty_is_lost(far_away, report):
    verdict = await talk_while_packets_are_lost(far_away, 0.05, rounds(4, 60))
    report(verdict)
    flawless(verdict, 20)


async def test_f34_twin_that_comes_back_without_since_misses_things(far_away, report):
    verdict = await talk_while_packets_are_lost(far_away, 0.05, 3, resuming=False)
    report(verdict)
    assert "unseen" in verdict.faults
