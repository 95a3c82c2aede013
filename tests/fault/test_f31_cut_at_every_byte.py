"""F31 The link is cut at every byte of one send and its acknowledgement."""

import asyncio

import pytest

from .lab.experiment import FULL, Experiment
from .lab.house import SQLITE
from .lab.proxy import Proxy

AT_ONCE = 16  # exchanges side by side
FIRST_TRY = 0.05  # seconds, for there are hundreds of cuts


async def exchange(experiment, place, target, direction=None, offset=None, **manners):
    """One message over a link that is cut once, after so many bytes; the bytes that passed each way."""
    async with Proxy(target) as proxy:
        bot = experiment.bot(place, [proxy.address], first_try=FIRST_TRY, **manners)
        try:
            await bot.is_online(10)
            before = (proxy.bytes_to_server(), proxy.bytes_to_client())
            way = {"to the server": proxy.to_server, "to the client": proxy.to_client}.get(direction)
            if way is not None:
                way.limit = offset
            await experiment.says_something(bot)
            if way is not None:
                await _until(lambda: way.limit == 0 or not bot.outbox)
                await asyncio.sleep(0)  # the cut happens; then the link is well again
                way.limit = None
            await bot.has_sent_all(15)
            return proxy.bytes_to_server() - before[0], proxy.bytes_to_client() - before[1]
        finally:
            await bot.leaves()


async def _until(holds):
    while not holds():
        await asyncio.sleep(0.002)


async def sweep(experiment, target, cuts, **manners):
    """Every lane has a room of its own, so that nobody else's words count as bytes of the exchange."""
    cuts = iter(cuts)

    async def lane(place):
        for direction, offset in cuts:
            await exchange(experiment, place, target, direction, offset, **manners)

    await asyncio.gather(*(lane(place) for place in experiment.places))


@pytest.fixture
def web(lab):
    return lab.webs[0]


async def test_f31_every_offset_makes_one_row(lab, redis, web, report):
    step = 1 if FULL else 3 if lab.postgres else 12
    async with Experiment(lab, lab.scene, rooms=AT_ONCE, tasks=0) as experiment:
        there, back = await exchange(experiment, experiment.places[0], web.port)
        cuts = [("to the server", offset) for offset in range(0, there + 1, step)]
        cuts += [("to the client", offset) for offset in range(0, back + 1, step)]
        await sweep(experiment, web.port, cuts)
        verdict = await asyncio.to_thread(experiment.verdict)
    report(f"{there} + {back} bytes; {verdict}")
    assert there > 80 and back > 80
    assert verdict.said == len(cuts) + 1 and not verdict.faults


@pytest.mark.parametrize("lab", [SQLITE], indirect=True)
async def test_f31_twin_without_a_client_id_posts_twice(lab, redis, web, report):
    async with Experiment(lab, lab.scene, rooms=1, tasks=0) as experiment:
        cuts = [("to the client", offset) for offset in (0, 1, 10, 20)]
        await sweep(experiment, web.port, cuts, careful=False)
        verdict = await asyncio.to_thread(experiment.verdict)
    report(verdict)
    assert "doubled" in verdict.faults
