"""F41 A member is removed while people talk. F42 A session ends. Redis is down, and nothing more reaches them."""

import asyncio
import re
import time

import pytest

from live.sockets.close_codes import SIGNED_OUT

from .lab.experiment import Experiment, flawless, rounds
from .lab.house import SQLITE
from .lab.web import DAPHNE, UVICORN
from .lab.wire import Line

SENT_AWAY = 3.0  # seconds, after which nobody is left to overhear anything
on_sqlite = pytest.mark.parametrize("lab", [SQLITE], indirect=True)


@pytest.fixture
def without_redis(lab):
    lab.redis.kill()
    return lab


async def removals(lab, webs, trials, within=SENT_AWAY):
    """Bystanders are put out of a private room, one after the other, while messages go through it: (how many of them
    were sent away by then, the verdict)."""
    scene = lab.scene
    speakers = ["ada", "bob"]
    out = [f"bystander{number}" for number in range(3)]
    for name in out:
        if name not in scene.ids:
            scene.newcomer(name, None)
    async with Experiment(lab, scene, rooms=0, tasks=0) as experiment:
        room = scene.room(private_to=speakers)
        experiment.places.append(room)
        cookies = {name: scene.stage.ask("sign_in", user_id=scene.ids[name]) for name in [*speakers, *out]}
        experiment.bots += [
            experiment.bot(room, [web.address], cookie=cookies[name])
            for web, name in zip(webs, speakers, strict=False)
        ]
        await asyncio.gather(*(bot.is_online() for bot in experiment.bots))
        async with experiment.talking(rate=30):
            sent_away = 0
            for trial in range(trials):
                name = out[trial % len(out)]
                bot = await put_out(experiment, room, name, cookies[name], webs[trial % len(webs)])
                sent_away += await bot.is_sent_away(within)
                await bot.leaves()
        return sent_away, await experiment.settles(within=5)


async def put_out(experiment, room, name, cookie, web):
    scene, by = experiment.scene, experiment.scene.ids["ada"]
    await asyncio.to_thread(scene.stage.ask, "add_to_room", by=by, room_id=room.id, user_id=scene.ids[name])
    bot = experiment.bot(room, [web.address], cookie=cookie)
    await bot.is_online()
    await asyncio.sleep(0.05)
    await asyncio.to_thread(
        scene.stage.ask, "remove_from_room", by=by, room_id=room.id, user_id=scene.ids[name]
    )
    revision = experiment.shelf.removal(room.conversation_id)
    experiment.diary.mark("put out", whom=bot.name, after_revision=revision)
    return bot


async def test_f41_a_member_is_removed_while_people_talk(without_redis, report):
    lab, trials = without_redis, rounds(12, 1_000)
    sent_away, verdict = await removals(lab, lab.webs, trials)
    report(f"{sent_away} of {trials} removed and sent away; {verdict}")
    assert sent_away == trials
    flawless(verdict, 20)


@on_sqlite
async def test_f41_twin_that_does_not_ask_again_overhears(without_redis, report):
    lab = without_redis
    with lab.extra(DAPHNE, UVICORN, PRIZMAI_FAILPOINTS="delivery.access=off") as webs:
        sent_away, verdict = await removals(lab, webs, 6, within=1)
    report(verdict)
    assert not sent_away
    assert set(verdict.faults) == {"overheard"}


def signs_out(lab, name, cookie):
    """By the form of the page, as a person does."""
    web = lab.webs[0]
    status, page = web.page("/accounts/logout/", Cookie=f"sessionid={cookie}")
    assert status == 200, page
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    web.posts("/accounts/logout/", {"csrfmiddlewaretoken": token}, cookie)


def changes_password(lab, name, cookie):
    lab.scene.stage.ask("change_password", user_id=lab.scene.ids[name], password="flies-away-12")


def is_deactivated(lab, name, cookie):
    lab.scene.stage.ask("deactivate", user_id=lab.scene.ids[name])


ENDINGS = {"logout": signs_out, "password": changes_password, "deactivated": is_deactivated}


async def ends(lab, webs, ending, within):
    """Seconds until the lines at every door are closed."""
    name = f"leaver{lab.scene.rooms}{ending.__name__}{len(lab.scene.ids)}"
    lab.scene.newcomer(name, None)
    room = lab.scene.room()
    cookie = lab.scene.stage.ask("sign_in", user_id=lab.scene.ids[name])
    lines = [await Line.opened(web.address, room.path, cookie=cookie) for web in webs]
    for line in lines:
        await line.hears("welcome")
    began = time.monotonic()
    await asyncio.to_thread(ending, lab, name, cookie)
    codes = [await line.is_closed(within) for line in lines]
    assert set(codes) == {SIGNED_OUT}, codes
    return time.monotonic() - began


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
async def test_f42_a_session_ends_and_so_do_its_lines(without_redis, ending, report):
    took = await ends(without_redis, without_redis.webs, ending, 5)
    report(f"closed after {took:.1f} s")
    assert took <= 5.0


@on_sqlite
async def test_f42_twin_that_does_not_look_keeps_them_open(without_redis, report):
    lab = without_redis
    blind = lab.extra(DAPHNE, PRIZMAI_FAILPOINTS="sessions.watch=off")
    with blind as webs, pytest.raises(AssertionError, match="still open"):
        await ends(lab, webs, is_deactivated, 5)
    report("still open after 5 s")
