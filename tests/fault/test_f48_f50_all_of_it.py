"""F48 A random schedule of faults. F49 Hours of coming and going. F50 The simplest client, through some of them."""

import asyncio
import json
import os
import random
import re
from pathlib import Path

import pytest

from .lab import breaking
from .lab.crowd import Crowd
from .lab.experiment import FULL, SEED, SYNCED, Experiment, flawless, rounds
from .lab.house import SQLITE
from .lab.memory import Course, descriptors
from .lab.web import DAPHNE, UVICORN
from .lab.wire import PLAIN, Line

ROUNDS = rounds(5, 20)
LONGEST = rounds(1.5, 30.0)  # seconds one fault lasts
BETWEEN = rounds(0.3, 5.0)  # seconds
HOURS = float(os.environ.get("PRIZMAI_SOAK_HOURS", "2"))
AN_HOUR = 600  # lines that close and open: 5 % of 200 a minute
QUICKLY, BUSILY = rounds(100, 5), rounds(1, 40)  # of them, and messages, a second, before it is measured
# An hour's, as quickly as they can.
SLICE = {"people": 20, "first": 300, "times": AN_HOUR, "per_second": 100}
SOAK = rounds(
    SLICE, {"people": 200, "first": AN_HOUR, "times": int(HOURS * AN_HOUR), "per_second": AN_HOUR / 3600}
)
STILL = 2.0  # seconds
BREATH = 5.0  # MB of the allocator's and the collector's own coming and going
# What docs/wire.md lets a plain client hear in a room.
PLAIN_FRAMES = {
    *("pong", "chat_message", "message_edited", "message_deleted", "messages_cleared", "message_marked_read"),
    *("user_join", "user_leave", "presence_update", "user_typing", "user_stop_typing"),
}
EXAMPLES = json.loads((Path(__file__).parents[1] / "frames.json").read_text())["conversation"]
SHAPES = {kind: [one.keys() for one in EXAMPLES.values() if one["type"] == kind] for kind in PLAIN_FRAMES}
each_server = pytest.mark.parametrize("kind", [DAPHNE, UVICORN])
on_sqlite = pytest.mark.parametrize("lab", [SQLITE], indirect=True)


async def test_f48_a_random_schedule_of_faults(linked, report):
    chance, schedule = random.Random(SEED), []
    async with Experiment(linked, linked.scene, rooms=2) as experiment:
        await experiment.gathers([web.address for web in linked.webs])
        async with experiment.talking(rate=rounds(15, 40)):
            for _ in range(ROUNDS):
                way, seconds = chance.choice(breaking.WAYS), chance.uniform(0.2, 1.0) * LONGEST
                schedule.append(f"{way.__name__} {seconds:.1f}")
                print(schedule[-1])
                await way(linked, seconds)
                await asyncio.sleep(chance.random() * BETWEEN)
        await asyncio.gather(*(bot.is_online(15) for bot in experiment.bots))
        verdict = await experiment.settles(within=15)
    report(f"{', '.join(schedule[:5])}{' ...' if ROUNDS > 5 else ''}; {verdict}")
    flawless(verdict, 20)


async def test_f48_twin_without_the_poll_a_fault_is_seen(linked, report):
    with linked.extra(DAPHNE, UVICORN, **linked.over_links, PRIZMAI_LIVE_POLL="off") as webs:
        async with Experiment(linked, linked.scene, rooms=2) as experiment:
            await experiment.gathers([web.address for web in webs])
            async with experiment.talking():
                await breaking.redis_forgets(linked, 1)
                await breaking.postgres_connections_end(linked, 1)
                linked.to_redis.swallows()
                await asyncio.sleep(1)
            verdict = await experiment.settles(within=2)
    report(verdict)
    assert "unseen" in verdict.faults


# -- F49 ---------------------------------------------------------------------------------------------------------


async def stands_still(webs):
    """Whoever did has more to read and to write at once than ever, and keeps the room for it."""
    for web in webs:
        web.freeze()
    await asyncio.sleep(STILL)
    for web in webs:
        web.thaw()
    await asyncio.sleep(STILL)


async def talk_while_people_come_and_go(lab, webs, *, people, first, times, per_second):
    """(the course of each process's memory, descriptors each holds more than before, the verdict).

    What is measured comes after the `first` who come and go: every thread has its connection, caches are full, and
    there was more to do at once than later.
    """
    async with Experiment(lab, lab.scene, rooms=3) as experiment:
        crowd = Crowd(experiment, people, [web.address for web in webs])
        await crowd.is_there()
        async with experiment.talking(rate=10):
            async with experiment.talking(rate=BUSILY):
                await crowd.all_act_at_once()
                await stands_still(webs)
                await crowd.comes_and_goes(first, QUICKLY)
            courses, held = [Course(web) for web in webs], [descriptors(web) for web in webs]
            await crowd.comes_and_goes(times, per_second, look=lambda: [one.look() for one in courses])
            more = [descriptors(web) - before for web, before in zip(webs, held, strict=True)]
        verdict = await experiment.settles(within=SYNCED)
    return courses, more, verdict


async def test_f49_hours_of_coming_and_going(lab, redis, report):
    with lab.extra(DAPHNE, UVICORN) as webs:
        courses, held, verdict = await talk_while_people_come_and_go(lab, webs, **SOAK)
    report(
        f"{SOAK['times']} of {SOAK['people']} came and went in {courses[0].minutes:.1f} min: "
        f"{', '.join(map(told, courses))}, {held} descriptors; {verdict}"
    )
    flawless(verdict, 20)
    assert max(held) <= 12  # connections to the database that were not needed before
    assert max(one.grown for one in courses) <= BREATH
    assert not FULL or max(one.slope for one in courses) < 1.0


def told(course):
    return f"{course.grown:+.1f} MB" + (f" ({course.slope:+.1f} an hour)" if FULL else "")


@each_server
@on_sqlite
async def test_f49_a_line_that_closes_is_gone_without_the_collector(lab, redis, kind, report):
    with lab.extra(kind, DJANGO_SETTINGS_MODULE="tests.fault.lab.uncollected") as (web,):
        async with Experiment(lab, lab.scene, rooms=1) as experiment:
            crowd = Crowd(experiment, 5, [web.address])
            await crowd.is_there()
            await asyncio.sleep(3)  # sessions are asked for every two seconds
            await crowd.comes_and_goes(20, 10)
            await asyncio.sleep(2)
            held = [int(count) for count in re.findall(r"connections in memory: (\d+)", web.log.read_text())]
    report(f"{held[0]} connections in memory, and after {len(held) - 1} others {held[-1]}")
    assert len(held) > 10 and held[-1] <= held[0]


@each_server
@on_sqlite
async def test_f49_twin_that_keeps_what_closes_is_seen(lab, redis, kind, report):
    with lab.extra(kind, DJANGO_SETTINGS_MODULE="tests.fault.lab.hoarding") as webs:
        (course,), _, _ = await talk_while_people_come_and_go(lab, webs, **SLICE)
    report(f"{course.grown:+.1f} MB")
    assert course.grown > BREATH


@on_sqlite
async def test_f49_twin_whose_lines_stay_open_is_seen(lab, redis, report):
    with lab.extra(DAPHNE) as (web,):
        async with Experiment(lab, lab.scene, rooms=1, tasks=0) as experiment:
            await experiment.gathers([web.address], each=1, plain=0)
            before = descriptors(web)
            await experiment.gathers([web.address], each=20, plain=0)
            held = descriptors(web) - before
    report(f"{held} descriptors")
    assert held > 12


# -- F50 ---------------------------------------------------------------------------------------------------------


def invalid(frames):
    """Frames that are none of the plain dialect's, or lack something, or hold more than tests/frames.json shows."""
    for frame in frames:
        if frame["type"] not in PLAIN_FRAMES or frame.keys() not in SHAPES[frame["type"]]:
            yield frame


def test_f50_a_frame_of_v2_or_half_a_frame_would_be_seen():
    ack, message = EXAMPLES["ack"], EXAMPLES["chat_message"]
    half = {key: value for key, value in message.items() if key != "message"}
    wrong = [ack, half, {**message, "more": 1}]
    assert list(invalid([*wrong, message, EXAMPLES["user_typing"]])) == wrong


async def plain_through(house, room, cookies, breaks, doors, speakers):
    """(the frames a plain client heard through it all, what the page shows when it reloads, what is kept)."""
    heard = []
    async with Experiment(house, house.scene, rooms=0, tasks=0) as experiment:
        experiment.places.append(room)
        await experiment.gathers(speakers, each=1, plain=0)
        speaker = asyncio.create_task(experiment.talks(3600, rate=10))
        listening = asyncio.create_task(listens_plainly(doors, room, cookies, heard))
        await breaks()
        await asyncio.sleep(0.5)
        for task in (speaker, listening):
            # wait_for swallows a cancelling where what it waits for comes at the same moment
            while not task.done():
                task.cancel()
                await asyncio.wait([task], timeout=1)
        await asyncio.gather(*(bot.is_online(10) for bot in experiment.bots))
        verdict = await experiment.settles(within=SYNCED)
        kept = [row["text"] for row in experiment.shelf.kept(room.conversation_id)]
    return heard, shown_by_page(house, room, cookies), kept, verdict


async def listens_plainly(doors, room, cookie, heard):
    turn = 0
    while True:
        try:
            line = await Line.opened(doors[turn % len(doors)], room.path, cookie=cookie, dialect=PLAIN)
        except Exception:
            await asyncio.sleep(0.2)
            continue
        finally:
            turn += 1
        try:
            await line.is_closed(3600)
        finally:
            heard += line.heard
            line.socket.transport.abort()


def shown_by_page(house, room, cookie):
    shown, before = [], ""
    while True:
        path = f"/messaging/conversation/{room.conversation_id}/messages/?limit=50{before}"
        status, text = house.webs[0].page(path, Cookie=f"sessionid={cookie}")
        assert status == 200, text
        page = json.loads(text)
        shown = [one["message"] for one in page["messages"] if one["kind"] == "said"] + shown
        if not page["more_before"]:
            return shown
        before = f"&before={page['messages'][0]['seq']}"


def killed_redis(house):
    return breaking.redis_is_killed(house, rounds(1, 30))


def frozen_redis(house):
    return breaking.redis_freezes(house, rounds(2, 60))


def rolling_restart(house):
    return breaking.web_is_restarted(house, 0)


@pytest.mark.parametrize("breaks", [killed_redis, frozen_redis, rolling_restart], ids=["F04", "F08", "F16"])
@on_sqlite
async def test_f50_the_simplest_client(lab, redis, breaks, report):
    room = lab.scene.room()
    cookie = lab.scene.stage.ask("sign_in", user_id=lab.scene.ids["ada"])
    doors = [web.address for web in lab.webs[::-1]]
    heard, shown, kept, verdict = await plain_through(lab, room, cookie, lambda: breaks(lab), doors, doors)
    report(f"{len(heard)} frames, all valid; {len(shown)} of {len(kept)} shown after a reload")
    assert len(heard) > 5 and not list(invalid(heard))
    assert shown == kept
    flawless(verdict, 5)


async def test_f50_twin_without_the_poll_it_hears_less(twin, twin_redis, report):
    room = twin.scene.room()
    cookie = twin.scene.stage.ask("sign_in", user_id=twin.scene.ids["ada"])
    doors = [web.address for web in twin.webs]

    async def breaks():
        twin.to_redis.swallows()
        await asyncio.sleep(1)

    heard, _, kept, _ = await plain_through(twin, room, cookie, breaks, doors[:1], doors[1:])
    spoken = {frame["message"] for frame in heard if frame["type"] == "chat_message"}
    report(f"heard {len(spoken)} of {len(kept)}")
    assert len(spoken) < len(kept)
