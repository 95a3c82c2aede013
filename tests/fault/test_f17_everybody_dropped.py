"""F17 Everybody is dropped at once: all are back and up to date soon, and the database is asked little for it."""

import asyncio
import re
import time

import pytest

from .lab.experiment import Experiment, flawless, rounds
from .lab.house import POSTGRES
from .lab.link import Link
from .lab.web import DAPHNE, UVICORN

CROWD = rounds(120, 500)
SYNCED_WITHIN = 15.0  # seconds
QUERIES = 3  # of the database for each who comes back
on_postgres = pytest.mark.parametrize("lab", [POSTGRES], indirect=True)
ASKED = re.compile(r"LOG:  (statement|execute [^:]*): (?!BEGIN|ROLLBACK|COMMIT|SET)")


@pytest.fixture
def counted(lab):
    """What this database is asked is written down while the test lasts, for whoever connects from here on."""
    name = lab.database_url.rpartition("/")[2]
    lab.postgres.does(f"ALTER DATABASE \"{name}\" SET log_statement = 'all'")
    yield lambda: len(ASKED.findall(lab.postgres.log.read_text(errors="replace")))
    lab.postgres.does(f'ALTER DATABASE "{name}" RESET log_statement')


async def storm(lab, counted, kinds, **env):
    """(seconds until all are up to date, queries a return, the verdict)."""
    with lab.extra(*kinds, **env) as webs:
        links = [Link(web.port) for web in webs]
        try:
            async with Experiment(lab, lab.scene, rooms=4, tasks=0) as experiment:
                bots = [
                    experiment.bot(experiment.places[n % 4], [links[n % len(links)].address])
                    for n in range(CROWD)
                ]
                experiment.bots += bots
                await asyncio.gather(*(bot.is_online(60) for bot in bots))
                for bot in bots[:8]:
                    await experiment.says_something(bot)
                await experiment.settles(within=10)
                quiet = await questions_in(counted, 2)
                asked, began = counted(), time.monotonic()
                for link in links:
                    link.resets()
                await asyncio.gather(*(bot.is_back(SYNCED_WITHIN) for bot in bots))
                took = time.monotonic() - began
                queries = (counted() - asked - quiet * took) / CROWD
                verdict = await experiment.settles(within=5)
        finally:
            for link in links:
                link.close()
    return took, queries, verdict


async def questions_in(counted, seconds):
    """Questions a second that are asked without anybody coming."""
    before = counted()
    await asyncio.sleep(seconds)
    return (counted() - before) / seconds


@on_postgres
async def test_f17_everybody_is_dropped_at_once(lab, redis, counted, report):
    took, queries, verdict = await storm(lab, counted, [DAPHNE, UVICORN])
    report(f"{CROWD} synced after {took:.1f} s, {queries:.1f} queries a return; {verdict}")
    flawless(verdict, 8)
    assert took <= SYNCED_WITHIN
    assert queries <= QUERIES


@on_postgres
async def test_f17_twin_that_reads_the_past_for_each_asks_more(lab, redis, counted, report):
    off = {"PRIZMAI_FAILPOINTS": "past.kept=off"}
    took, queries, verdict = await storm(lab, counted, [DAPHNE, UVICORN], **off)
    report(f"{queries:.1f} queries a return; {verdict}")
    assert queries > QUERIES
