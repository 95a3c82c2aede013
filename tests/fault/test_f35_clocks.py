"""F35 The clock of one process is an hour ahead, an hour behind, or jumps. Nothing depends on it."""

import asyncio
import contextlib

import pytest

from .lab.experiment import SYNCED, Experiment, flawless, rounds
from .lab.false_clock import FalseClock, library
from .lab.house import POSTGRES
from .lab.web import DAPHNE, UVICORN
from .lab.wire import Line

HOUR = 3600
# SQLite has no clock but the process's.
on_postgres = pytest.mark.parametrize("lab", [POSTGRES], indirect=True)


@pytest.fixture
def clock(tmp_path):
    if library() is None:
        pytest.skip("libfaketime is missing")
    return FalseClock(tmp_path)


async def test_f35_a_clock_that_is_wrong_and_jumps(lab, redis, clock, report):
    with lab.extra(UVICORN, **clock.env) as wrong:
        async with Experiment(lab, lab.scene, rooms=1) as experiment:
            await experiment.gathers([lab.webs[0].address, wrong[0].address])
            async with experiment.talking():
                for step in [HOUR, -HOUR] + [120, -120] * rounds(1, 15):
                    clock.goes_wrong_by(step)
                    await asyncio.sleep(rounds(1.2, 2))
            verdict = await experiment.settles(within=SYNCED)
            assert all(bot.code not in (4401, 4403) for bot in experiment.bots)
    report(f"{verdict}; 0 signed out")
    flawless(verdict, 20)


async def ends_early(lab, clock, **more_env):
    """Whether a session with ten minutes left is ended, or refused at the door, by a clock that is an hour ahead."""
    cookie = lab.scene.stage.ask("sign_in", user_id=lab.scene.ids["ada"])
    lab.scene.stage.ask("expire_session", session_key=cookie, seconds=600)
    room = lab.scene.room()
    with lab.extra(DAPHNE, **clock.env, **more_env) as (web,):
        before = await Line.opened(web.address, room.path, cookie=cookie)
        await before.hears("welcome")
        clock.goes_wrong_by(HOUR)
        await asyncio.sleep(4)  # sessions are looked at every two seconds
        after = await Line.opened(web.address, room.path, cookie=cookie)
        with contextlib.suppress(AssertionError):
            await after.hears("welcome")
        codes = [line.code for line in (before, after) if not line.has_heard("welcome") or line.code]
        await before.closes(), await after.closes()
    return codes


@on_postgres
async def test_f35_a_clock_ahead_ends_no_session_early(lab, redis, clock, report):
    codes = await ends_early(lab, clock)
    report(f"{len(codes)} ended early")
    assert not codes


@on_postgres
async def test_f35_twin_that_trusts_its_own_clock_ends_sessions_early(lab, redis, clock, report):
    codes = await ends_early(lab, clock, PRIZMAI_FAILPOINTS="sessions.database_clock=off")
    report(f"{len(codes)} ended early")
    assert codes
