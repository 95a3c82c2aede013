"""F13 The process dies exactly between COMMIT and the acknowledgement, every time somebody posts."""

import asyncio

from .lab.experiment import Experiment, rounds
from .lab.web import DAPHNE


async def dies_at_every_post(lab, times, point, **manners):
    """One bot, whose every message kills the web process once; the verdict, and how often it died."""
    web = lab.builds(DAPHNE, PRIZMAI_FAILPOINTS=f"{point}=kill@1")
    died = 0
    async with Experiment(lab, lab.scene, rooms=1, tasks=0) as experiment:
        web.start().wait()
        (bot,) = await experiment.gathers([web.address], each=1, plain=0, **manners)
        for _ in range(times):
            await experiment.says_something(bot)
            await asyncio.to_thread(web.process.wait, 10)
            died += 1
            await asyncio.to_thread(lambda: web.start().wait())
            await bot.is_online(10)
        lab.webs.remove(web)
        web.kill()
        web.env.pop("PRIZMAI_FAILPOINTS")
        await asyncio.to_thread(lambda: web.start().wait())
        await bot.has_sent_all(15)
        verdict = await experiment.settles(within=5)
        web.kill()
    return verdict, died


async def test_f13_one_row_and_an_acknowledgement_after_the_retry(lab, redis, report):
    verdict, died = await dies_at_every_post(lab, rounds(4, 100), "posting.after_commit")
    report(f"died {died} times; {verdict}")
    assert verdict.said == died and not verdict.faults and not verdict.waiting


async def test_f14_before_the_commit_nothing_is_kept_and_the_retry_is(lab, redis, report):
    verdict, died = await dies_at_every_post(lab, rounds(2, 100), "posting.before_commit")
    report(f"died {died} times; {verdict}")
    assert verdict.said == died and not verdict.faults and not verdict.waiting


async def test_f13_twin_without_a_client_id_posts_twice(lab, redis, report):
    verdict, died = await dies_at_every_post(lab, 1, "posting.after_commit", careful=False)
    report(f"died {died} times; {verdict}")
    assert "doubled" in verdict.faults
