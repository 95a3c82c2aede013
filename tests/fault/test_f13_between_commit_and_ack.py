"""F13 The process dies exactly between COMMIT and the acknowledgement, every time somebody posts."""

import asyncio

import pytest

from .lab.experiment import Experiment, rounds
from .lab.house import SQLITE
from .lab.web import DAPHNE


async def dies_at_every_post(lab, times, point, **manners):
    """One bot, whose every message kills the web process once; the verdict.

    The process dies the second time it comes to the point: first it takes again what the one before it died of.
    """
    web = lab.builds(DAPHNE, PRIZMAI_FAILPOINTS=f"{point}=kill@2").start().wait()
    async with Experiment(lab, lab.scene, rooms=1, tasks=0) as experiment:
        (bot,) = await experiment.gathers([web.address], each=1, plain=0, **manners)
        await experiment.says_something(bot)
        await bot.has_sent_all()
        for _ in range(times):
            await experiment.says_something(bot)
            await asyncio.to_thread(web.process.wait, 10)
            await asyncio.to_thread(lambda: web.start().wait())
            await (bot.is_online(15) if manners.get("resending") is False else bot.has_sent_all(15))
        verdict = await experiment.settles(within=5)
    web.kill()
    lab.webs.remove(web)
    return verdict


async def test_f13_one_row_and_an_acknowledgement_after_the_retry(lab, redis, report):
    times = rounds(4, 100)
    verdict = await dies_at_every_post(lab, times, "posting.after_commit")
    report(f"died {times} times; {verdict}")
    assert verdict.said == times + 1 and not verdict.faults and not verdict.waiting


async def test_f14_before_the_commit_nothing_is_kept_and_the_retry_is(lab, redis, report):
    times = rounds(2, 100)
    verdict = await dies_at_every_post(lab, times, "posting.before_commit")
    report(f"died {times} times; {verdict}")
    assert verdict.said == times + 1 and not verdict.faults and not verdict.waiting


@pytest.mark.parametrize("lab", [SQLITE], indirect=True)
async def test_f13_twin_without_a_client_id_posts_twice(lab, redis, report):
    verdict = await dies_at_every_post(lab, 1, "posting.after_commit", careful=False)
    report(verdict)
    assert set(verdict.faults) == {"doubled"}


@pytest.mark.parametrize("lab", [SQLITE], indirect=True)
async def test_f14_twin_without_an_outbox_what_was_said_is_gone(lab, redis, report):
    verdict = await dies_at_every_post(lab, 1, "posting.before_commit", resending=False)
    report(f"{verdict.waiting} never kept; {verdict}")
    assert verdict.waiting == 1
