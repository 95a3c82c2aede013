"""F23 A transaction stays open. F24 Somebody holds a conversation's row. F25 Writers race to commit."""

import asyncio
import itertools
import time

import pytest

from .lab.checker import share
from .lab.experiment import SYNCED, Experiment, flawless, rounds
from .lab.house import POSTGRES
from .lab.web import DAPHNE, UVICORN

on_postgres = pytest.mark.parametrize("lab", [POSTGRES], indirect=True)
RACING = "posting.before_commit=sleep:0-0.02"
PATIENT_LOCKS = {"DJANGO_SETTINGS_MODULE": "tests.fault.lab.patient_locks"}


def database(lab):
    return lab.database_url.rpartition("/")[2]


def as_seen_behind_xmin(lab, room):
    """What a catch-up sees that shows nothing younger than the oldest open transaction."""
    behind = "xmin::text::bigint < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
    query = (
        f"SELECT count(*) FROM messaging_message WHERE conversation_id = {room.conversation_id} AND {behind}"
    )
    return lab.postgres.does(query, database(lab))[0][0]


@on_postgres
async def test_f23_a_transaction_stays_open(lab, redis, report):
    """The poll does not wait for it, which is seen with Redis away."""
    redis.kill()
    held = lab.postgres.holds(database(lab), "CREATE TEMP TABLE held (id int)", "SELECT txid_current()")
    try:
        async with Experiment(lab, lab.scene, rooms=2) as experiment:
            await experiment.gathers([web.address for web in lab.webs])
            await experiment.talks(rounds(2, 60))
            verdict = await experiment.settles(within=SYNCED)
    finally:
        held.close()
    report(verdict)
    flawless(verdict, 15)
    assert share(verdict.delays, 0.99) <= 1.0


@on_postgres
async def test_f23_twin_that_reads_behind_xmin_sees_nothing_meanwhile(lab, redis, report):
    held = lab.postgres.holds(database(lab), "CREATE TEMP TABLE held (id int)", "SELECT txid_current()")
    try:
        async with Experiment(lab, lab.scene, rooms=1, tasks=0) as experiment:
            bots = await experiment.gathers([lab.webs[0].address], each=1)
            await experiment.says_something(bots[0])
            await bots[0].has_sent_all()
            seen, kept = (
                as_seen_behind_xmin(lab, experiment.places[0]),
                len(experiment.shelf.kept(experiment.places[0].conversation_id)),
            )
    finally:
        held.close()
    report(f"{seen} of {kept} seen")
    assert (seen, kept) == (0, 1)


async def talk_beside_a_locked_room(lab, webs, seconds):
    """(seconds until somebody in the locked room is told, the verdict on all rooms once it is let go)."""
    async with Experiment(lab, lab.scene, rooms=3, tasks=0) as experiment:
        bots = await experiment.gathers([web.address for web in webs], each=1)
        locked = experiment.places[0].conversation_id
        lock = f"SELECT * FROM messaging_conversation WHERE id = {locked} FOR UPDATE"
        held = await asyncio.to_thread(lab.postgres.holds, database(lab), lock)
        outside = [bot for bot in bots if bot.path != experiment.places[0].path]
        speaker, began = bots[0], time.monotonic()
        await experiment.says_something(speaker)
        for bot in itertools.islice(itertools.cycle(outside), int(seconds * 20)):
            await experiment.says_something(bot)
            await asyncio.sleep(0.05)
        meanwhile = experiment.verdict()
        held.close()
        verdict = await experiment.settles(within=SYNCED)
        entries = experiment.diary.entries()
    told = [e["at"] - began for e in entries if e["who"] == speaker.name and e["what"] == "error"]
    return min(told, default=float("inf")), meanwhile, verdict


@on_postgres
async def test_f24_somebody_holds_a_conversations_row(lab, redis, report):
    told, meanwhile, verdict = await talk_beside_a_locked_room(lab, lab.webs, rounds(3, 10))
    report(f"told after {told:.1f} s; others: {meanwhile}")
    flawless(verdict, 20)
    assert told <= 2.5
    assert share(meanwhile.delays, 0.99) <= 1.0 and share(meanwhile.answers, 0.99) <= 1.0


@on_postgres
async def test_f24_twin_that_waits_for_ever_is_late_to_say_so(lab, redis, report):
    with lab.extra(DAPHNE, **PATIENT_LOCKS) as webs:
        told, _, _ = await talk_beside_a_locked_room(lab, webs, 3)
    report(f"told after {told:.1f} s")
    assert told > 2.5


async def race(lab, sends, failpoints):
    """Eight people at two doors, one room, each commit after a wait of its own: (how many times one of them had to try
    again, the verdict)."""
    with lab.extra(DAPHNE, UVICORN, PRIZMAI_FAILPOINTS=failpoints) as webs:
        async with Experiment(lab, lab.scene, rooms=1, tasks=0) as experiment:
            bots = await experiment.gathers([web.address for web in webs], each=4)
            for start in range(0, sends, 100):
                for bot in itertools.islice(itertools.cycle(bots), min(100, sends - start)):
                    await experiment.says_something(bot)
                    await asyncio.sleep(0.002)
                await asyncio.gather(*(bot.has_sent_all(60) for bot in bots))
            verdict = await experiment.settles(within=SYNCED)
            return sum(entry["what"] == "error" for entry in experiment.diary.entries()), verdict


@on_postgres
async def test_f25_writers_race_to_commit(lab, redis, report):
    sends = rounds(400, 10_000)
    again, verdict = await race(lab, sends, RACING)
    report(f"{again} tried again; {verdict}")
    assert flawless(verdict, sends).said == sends and not again


@on_postgres
async def test_f25_twin_without_the_row_lock_takes_the_same_numbers(lab, redis, report):
    """Which the database refuses: nothing is lost, but whoever comes second has to try again."""
    again, verdict = await race(lab, 100, f"{RACING};conversation.lock=off")
    report(f"{again} tried again; {verdict}")
    assert again
