"""F12 A web process is killed while people talk, and started again as the launcher does."""

import asyncio
import random
import time

import pytest

from .lab.checker import share
from .lab.experiment import SEED, Experiment, rounds
from .lab.house import SQLITE

BETWEEN = 1.5  # seconds from being ready to the next kill


async def kill_and_restart(web):
    web.kill()
    await asyncio.to_thread(lambda: web.start().wait())


async def test_f12_web_processes_killed_again_and_again(lab, redis, report):
    chance = random.Random(SEED)
    async with Experiment(lab, lab.scene) as experiment:
        await experiment.gathers([web.address for web in lab.webs])
        async with experiment.talking(rate=15):
            for _ in range(rounds(3, 20)):
                await asyncio.sleep(BETWEEN)
                experiment.diary.mark("killed")
                await kill_and_restart(chance.choice(lab.webs))
                experiment.diary.mark("restarted")
            ended = time.monotonic()
        await asyncio.gather(*(bot.is_online(8) for bot in experiment.bots))
        verdict = await experiment.settles(within=5)
        gaps = absences(experiment.diary.entries())
    report(f"{verdict}; back after p95 {share(gaps, 0.95):.1f} s")
    assert gaps and time.monotonic() - ended < 15
    assert verdict.said > 30 and not verdict.faults and not verdict.waiting
    assert share(gaps, 0.95) <= 5.0


@pytest.mark.parametrize("lab", [SQLITE], indirect=True)
async def test_f12_twin_who_does_not_say_where_they_were_misses_things(lab, redis, report):
    async with Experiment(lab, lab.scene, rooms=1, tasks=0) as experiment:
        doors = [web.address for web in lab.webs]
        experiment.bots += [experiment.bot(experiment.places[0], doors[1:])]
        forgetful = await experiment.gathers(doors[:1], resuming=False)
        speaker = experiment.bots[0]
        async with _silent(speaker, experiment):
            await kill_and_restart(lab.webs[0])
        await asyncio.gather(*(bot.is_online(10) for bot in forgetful))
        verdict = await experiment.settles(within=2)
    report(verdict)
    assert set(verdict.faults) == {"unseen"}


class _silent:
    """Only the one at the other door speaks meanwhile."""

    def __init__(self, speaker, experiment):
        self.speaker, self.experiment = speaker, experiment

    async def __aenter__(self):
        self.talk = asyncio.create_task(self._talk())

    async def __aexit__(self, *failure):
        self.talk.cancel()
        await asyncio.gather(self.talk, return_exceptions=True)

    async def _talk(self):
        await self.speaker.is_online()
        while True:
            await self.experiment.says_something(self.speaker)
            await asyncio.sleep(0.1)


def absences(entries):
    """Seconds from each loss of a line to its return, of the time somebody answered the door."""
    gone, gaps, closed, opened = {}, [], None, None
    for entry in entries:
        if entry["what"] == "killed":
            closed = entry["at"]
        elif entry["what"] == "restarted":
            opened = entry["at"]
        elif entry["what"] == "lost the line" and entry["who"].startswith("bot"):
            gone.setdefault(entry["who"], entry["at"])
        elif entry["what"] == "online" and entry["who"] in gone:
            lost_at = gone.pop(entry["who"])
            gaps.append(entry["at"] - max(lost_at, opened if opened and opened > lost_at else lost_at))
    assert closed is not None
    return gaps
