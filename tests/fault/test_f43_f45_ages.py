"""F43 Processes of two versions. F44 Descriptors run out. F45 A line older than its server allows."""

import asyncio
import contextlib
import subprocess
from itertools import cycle

import pytest

from live.sockets.close_codes import AGAIN

from .lab.bot import LOST
from .lab.experiment import SYNCED, Experiment, flawless, rounds
from .lab.house import SQLITE
from .lab.memory import becomes, descriptors
from .lab.web import DAPHNE, UVICORN
from .lab.wire import Line

on_sqlite = pytest.mark.parametrize("lab", [SQLITE], indirect=True)
each_server = pytest.mark.parametrize("kind", [DAPHNE, UVICORN])
GROUPS_IN_REDIS = {"DJANGO_SETTINGS_MODULE": "tests.fault.lab.groups_in_redis"}
FEW = 128  # descriptors


async def talk_with_the_future(lab, webs):
    """(verdict, lines lost) while processes of a later version publish news of kinds that these do not know."""
    async with Experiment(lab, lab.scene, rooms=1) as experiment:
        await experiment.gathers([web.address for web in webs])
        experiment.diary.mark("two versions")
        async with experiment.talking():
            for _ in range(rounds(3, 30)):
                await asyncio.to_thread(
                    lab.stage.ask, "speaks_of_the_future", conversation_id=experiment.places[0].id
                )
                await asyncio.sleep(0.5)
        verdict = await experiment.settles(within=SYNCED)
        entries = experiment.diary.entries()
    return verdict, [entry["code"] for entry in entries if entry["what"] == "lost the line"]


async def test_f43_an_old_process_meets_news_of_a_kind_it_does_not_know(lab, redis, report):
    verdict, lost = await talk_with_the_future(lab, lab.webs)
    report(f"{len(lost)} lines lost; {verdict}")
    flawless(verdict, 15)
    assert not lost


async def test_f43_twin_that_must_understand_all_news_goes_deaf(twin, twin_redis, report):
    off = {"PRIZMAI_FAILPOINTS": "hints.forbearance=off", "PRIZMAI_LIVE_PROBE": "off"}
    with twin.extra(DAPHNE, UVICORN, **off) as webs:
        verdict, _ = await talk_with_the_future(twin, webs)
    report(verdict)
    assert "unseen" in verdict.faults


async def come_until_it_is_full(web, path, cookies, most, most_refused=FEW):
    """(lines that were let in, codes of those that were not), of these people in turn."""
    lines, refused, cookies = [], [], cycle(cookies)
    while len(lines) + len(refused) < most and len(refused) < most_refused:
        try:
            line = await asyncio.wait_for(Line.opened(web.address, path, cookie=next(cookies)), 5)
        except LOST:
            refused.append(None)
            continue
        with contextlib.suppress(AssertionError):
            await line.hears("welcome", within=5)
        lines.append(line) if line.has_heard("welcome") else refused.append(line.code)
    return lines, refused


def two_people(scene):
    """The cookies of two, for nobody may have more than half of the lines."""
    return [scene.stage.ask("sign_in", user_id=scene.ids[name]) for name in ("ada", "bob")]


def with_few_descriptors(web):
    subprocess.run(["prlimit", f"--pid={web.process.pid}", f"--nofile={FEW}:{FEW}"], check=True)


@each_server
@on_sqlite
async def test_f44_descriptors_run_out(lab, redis, kind, report):
    """Lines beyond what it can hold are told to come again, pages and /readyz still answer, and it recovers."""
    room, cookies = lab.scene.room(), two_people(lab.scene)
    with lab.extra(kind) as (web,):
        with_few_descriptors(web)
        lines, refused = await come_until_it_is_full(web, room.path, cookies, FEW + 30)
        status, _ = await asyncio.to_thread(web.page, "/readyz")
        report(f"{len(lines)} lines let in, {len(refused)} told to come again, /readyz {status}")
        assert len(refused) >= 30 and set(refused) == {AGAIN}
        assert status == 503
        for line in lines:
            await line.closes()
        assert becomes(lambda: descriptors(web), FEW // 2, 10) <= FEW // 2
        again = await Line.opened(web.address, room.path, cookie=cookies[0])
        await again.hears("welcome")
        await again.closes()
        assert (await asyncio.to_thread(web.page, "/readyz"))[0] == 200


@on_sqlite
async def test_f44_twin_without_a_reserve_nothing_answers(lab, redis, report):
    room, cookies = lab.scene.room(), two_people(lab.scene)
    with lab.extra(UVICORN, PRIZMAI_FAILPOINTS="door.reserve=off") as (web,):
        with_few_descriptors(web)
        lines, refused = await come_until_it_is_full(web, room.path, cookies, FEW + 2, most_refused=1)
        report(f"{len(lines)} lines let in, refused with {set(refused)}")
        assert refused and AGAIN not in refused
        for line in lines:
            await line.closes()


@on_sqlite
async def test_f45_a_line_older_than_its_server_allows(lab, redis, report):
    """Daphne ends lines after a day, and groups in Redis lapse after one: here both after two seconds."""
    with (
        lab.extra(DAPHNE, words=["--websocket_timeout", "2"], **GROUPS_IN_REDIS) as old,
        lab.extra(UVICORN, **GROUPS_IN_REDIS) as other,
    ):
        async with Experiment(lab, lab.scene, rooms=1) as experiment:
            await experiment.gathers([web.address for web in [*old, *other]])
            async with experiment.talking():
                await asyncio.sleep(rounds(5, 30))
            verdict = await experiment.settles(within=SYNCED)
            ended = [e["code"] for e in experiment.diary.entries() if e["what"] == "lost the line"]
    report(f"{len(ended)} lines ended of age; {verdict}")
    flawless(verdict, 15)
    assert ended


async def test_f45_twin_that_trusts_its_group_hears_nothing_any_more(twin, twin_redis, report):
    with twin.extra(DAPHNE, UVICORN, **GROUPS_IN_REDIS, PRIZMAI_LIVE_PROBE="off") as webs:
        async with Experiment(twin, twin.scene, rooms=1) as experiment:
            await experiment.gathers([web.address for web in webs])
            await asyncio.sleep(2.5)
            await experiment.talks(0.5)
            verdict = await experiment.settles(within=1.5)
    report(verdict)
    assert set(verdict.faults) == {"unseen"}
