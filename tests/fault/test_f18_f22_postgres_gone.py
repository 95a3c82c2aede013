"""F18-F22 PostgreSQL restarts, is killed, freezes, is cut off, ends connections. What was confirmed is there."""

import asyncio
import time

import pytest

from ..cast import new_client_id
from .lab.experiment import SYNCED, Experiment, flawless, rounds
from .lab.web import DAPHNE, UVICORN

MOST_TRIED = 8  # times
WRITERS = 4  # threads of a process
GIVEN_UP = 30.0  # seconds until each has a connection again over which something comes
ASYNCHRONOUS = {"DJANGO_SETTINGS_MODULE": "tests.fault.lab.asynchronous_commit"}


async def talk_through(house, breaking, *, webs=None, within=SYNCED, rate=20, **manners):
    """(verdict, diary) of people who talk while `breaking(experiment)` goes on; it is over when it returns."""
    async with Experiment(house, house.scene, rooms=1) as experiment:
        await experiment.gathers([web.address for web in webs or house.webs], plain=0, **manners)
        async with experiment.talking(rate=rate):
            await breaking(experiment)
        verdict = await experiment.settles(within=within)
        return verdict, experiment.diary.entries()


async def test_f18_postgresql_restarts_at_once(linked, report):
    async def breaking(experiment):
        for _ in range(rounds(1, 5)):
            await asyncio.sleep(0.7)
            await asyncio.to_thread(linked.postgres.restarts_at_once)

    verdict, _ = await talk_through(linked, breaking)
    report(verdict)
    flawless(verdict, 8)


async def test_f19_postgresql_is_killed(linked, report):
    async def breaking(experiment):
        for _ in range(rounds(2, 10)):
            await asyncio.sleep(0.5)
            await asyncio.to_thread(linked.postgres.restart)

    verdict, _ = await talk_through(linked, breaking)
    report(verdict)
    flawless(verdict, 8)


def tells_of_a_loss(verdict):
    """What was shown and then said again by those who had no answer yet is shown twice, under another number."""
    return verdict.lost or verdict.invented or verdict.doubled or verdict.reordered


@pytest.mark.parametrize("fault", ["f18", "f19"])
async def test_the_twin_that_confirms_before_the_disk_has_it_loses(linked, fault, report):
    """So many messages that some are likely on their way to the disk when the end comes; tried until one was."""
    end = {"f18": linked.postgres.restarts_at_once, "f19": linked.postgres.restart}[fault]

    async def breaking(experiment):
        for _ in range(MOST_TRIED):
            await asyncio.sleep(1.5)
            await asyncio.to_thread(end)
            await asyncio.gather(*(bot.is_online(10) for bot in experiment.bots))
            verdict = await asyncio.to_thread(experiment.verdict)
            if tells_of_a_loss(verdict):
                return

    with linked.extra(DAPHNE, UVICORN, **linked.over_links, **ASYNCHRONOUS) as webs:
        verdict, _ = await talk_through(linked, breaking, webs=webs, rate=150)
    report(verdict)
    assert tells_of_a_loss(verdict)


async def test_f20_postgresql_freezes(linked, report):
    async def breaking(experiment):
        await asyncio.sleep(0.5)
        experiment.diary.mark("frozen")
        linked.postgres.freeze()
        await asyncio.sleep(rounds(3, 10))
        linked.postgres.thaw()

    verdict, entries = await talk_through(linked, breaking)
    lost = lines_lost_after("frozen", entries)
    report(f"{len(lost)} lines lost; {verdict}")
    flawless(verdict, 8)
    assert not lost


async def test_f21_the_link_to_postgresql_is_a_black_hole(linked, report):
    async def breaking(experiment):
        await asyncio.sleep(0.5)
        linked.to_database.swallows()
        await asyncio.sleep(rounds(6.5, 20))
        linked.to_database.heals()

    verdict, entries = await talk_through(linked, breaking)
    told = time_to_hear(entries, "unavailable")
    report(f"unavailable after at most {max(told):.1f} s; {verdict}")
    assert told and max(told) <= 6.0
    flawless(verdict, 8)


async def test_f21_connections_that_stay_silent_are_given_up(linked, report):
    """All who write hold one, in their turn."""
    ada = linked.scene.person("ada", linked.webs[0].address)
    rooms = [linked.scene.room() for _ in range(WRITERS)]
    said = [await ada.posts(room, "Read me") for room in rooms]
    lines = [await ada.line_to(room) for room in rooms]
    try:
        linked.to_database.to_client.latency = 0.1  # so that none of them takes the connection of another
        await react_in_all(lines, said, True)
        await asyncio.gather(*(line.hears("message_changed") for line in lines))
        linked.to_database.falls_silent()
        began = time.monotonic()
        await react_in_all(lines, said, False)
        await asyncio.gather(*(line.hears("error", within=6.0, code="unavailable") for line in lines))
        await says_until_it_is_kept(lines[0], rooms[0].post("Again", client_id=new_client_id()), GIVEN_UP)
        report(f"kept again after {time.monotonic() - began:.1f} s")
    finally:
        linked.to_database.resets()
        await ada.goes()


async def react_in_all(lines, said, on):
    for line, one in zip(lines, said, strict=True):
        await line.says("react", message_id=one["message_id"], emoji="👍", on=on)


async def says_until_it_is_kept(line, frame, within):
    async with asyncio.timeout(within):
        while not line.has_heard("ack", client_id=frame["client_id"]):
            before = len(line.heard)
            await line.says(**frame)
            await line.hears_such(lambda told: told["type"] in ("ack", "error"), "an answer", 6.0, before)


async def test_f22_postgresql_ends_every_connection(linked, report):
    async def breaking(experiment):
        for _ in range(rounds(3, 30)):
            await asyncio.sleep(1)
            await asyncio.to_thread(ends_every_connection, linked)

    verdict, _ = await talk_through(linked, breaking)
    report(verdict)
    flawless(verdict, 8)


async def test_f22_twin_that_keeps_broken_connections_never_heals(linked, report):
    off = {"PRIZMAI_FAILPOINTS": "pool.mending=off"}

    async def breaking(experiment):
        await asyncio.sleep(0.5)
        await asyncio.to_thread(ends_every_connection, linked)
        await asyncio.sleep(1)  # so that something is said over what is broken

    with linked.extra(DAPHNE, UVICORN, **linked.over_links, **off) as webs:
        verdict, _ = await talk_through(linked, breaking, webs=webs, within=2)
    report(f"{verdict.waiting} waiting; {verdict}")
    assert verdict.waiting or verdict.faults


@pytest.mark.parametrize("fault", ["f20", "f21"])
async def test_the_twin_without_a_client_id_says_it_twice(linked, fault, report):
    """Who loses patience while the database does not answer cannot know what was kept; tried until something was."""
    breaks, heals = {
        "f20": (linked.postgres.freeze, linked.postgres.thaw),
        "f21": (linked.to_database.swallows, linked.to_database.heals),
    }[fault]

    async def breaking(experiment):
        for _ in range(MOST_TRIED):
            breaks()
            await somebody_waits(experiment.bots)
            for bot in experiment.bots:
                bot.socket.transport.abort()
            await asyncio.sleep(0.2)
            heals()
            await asyncio.gather(*(bot.is_online(10) for bot in experiment.bots))
            await asyncio.sleep(0.5)
            if (await asyncio.to_thread(experiment.verdict)).doubled:
                return

    verdict, _ = await talk_through(linked, breaking, within=3, careful=False)
    report(verdict)
    assert verdict.doubled


async def somebody_waits(bots, seconds=0.3, within=10):
    """Until something that was said has been without an answer for so long."""
    loop, since = asyncio.get_running_loop(), {}
    async with asyncio.timeout(within):
        while not any(loop.time() - at >= seconds for at in since.values()):
            await asyncio.sleep(0.02)
            waiting = {client_id for bot in bots for client_id in bot.outbox}
            since = {client_id: since.get(client_id, loop.time()) for client_id in waiting}


def ends_every_connection(house):
    mine = house.database_url.rpartition("/")[2]
    house.postgres.does(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{mine}'")


def lines_lost_after(mark, entries):
    since = next(entry["at"] for entry in entries if entry["what"] == mark)
    return [entry for entry in entries if entry["what"] == "lost the line" and entry["at"] > since]


def time_to_hear(entries, code):
    """Seconds from each sending to the error of this code that answered it."""
    sent, took = {}, []
    for entry in entries:
        if entry["what"] == "sent":
            sent[entry["client_id"]] = entry["at"]
        elif entry["what"] == "error" and entry.get("code") == code and entry.get("client_id") in sent:
            took.append(entry["at"] - sent.pop(entry["client_id"]))
    return took
