"""F40 The worker is killed in the middle of its work, and Redis forgets what was queued. Everybody is told, once."""

import time

import pytest

from .lab.experiment import FULL, rounds
from .lab.house import POSTGRES

MENTIONS = rounds(8, 100)
DONE = 90.0  # seconds
LEASE = 60  # seconds a claimed errand is left to who claimed it
on_postgres = pytest.mark.parametrize("lab", [POSTGRES], indirect=True)


@pytest.fixture
def told(lab):
    """Somebody new, who is mentioned often: (their id, the errands of that)."""
    scene = lab.scene
    name = f"mentioned{scene.rooms}"
    scene.newcomer(name, None)
    room = scene.room()
    for number in range(MENTIONS):
        scene.stage.ask(
            "post", by=scene.ids["ada"], conversation_id=room.conversation_id, text=f"@{name} look, {number}"
        )
    return scene.ids[name], scene.stage.ask("leaves_errands", user_id=scene.ids[name])


def killed_in_the_middle(lab):
    """A worker dies with an errand in its hands, and Redis forgets that there is anything to do."""
    worker, _ = lab.hires(PRIZMAI_FAILPOINTS="errand.claimed=kill@3")
    worker.log.unlink(missing_ok=True)
    worker.start().wait()
    lab.stage.ask("queue_sweep")
    worker.process.wait(20)
    lab.stage.ask("queue_sweep")
    lab.redis.forget_everything()


def done(lab, errands, within):
    deadline = time.monotonic() + within
    while (count := lab.stage.ask("errands_done", ids=errands)) < len(
        errands
    ) and time.monotonic() < deadline:
        time.sleep(0.2)
    return count


@on_postgres
def test_f40_the_worker_is_killed_and_its_queue_forgotten(lab, redis, told, report):
    person, errands = told
    killed_in_the_middle(lab)
    before = lab.stage.ask("errands_done", ids=errands)
    began = time.monotonic()
    worker, beat = lab.hires()
    worker.log.unlink(missing_ok=True)
    worker.start(), beat.start()
    if not FULL:  # the lease of the one that was in hand is over sooner
        lab.stage.ask("lets_time_pass_for_errands", seconds=LEASE)
    try:
        count, took = done(lab, errands, DONE), time.monotonic() - began
    finally:
        worker.kill(), beat.kill()
    times = [times for _, times in lab.stage.ask("notifications_of", user_id=person)]
    report(f"{before} of {count} errands done before, all after {took:.0f} s; {len(times)} told once")
    assert before < len(errands) == count
    assert times == [1] * MENTIONS


@on_postgres
def test_f40_twin_that_trusts_the_queue_forgets(lab, redis, told, report):
    """Nobody sweeps: what was queued is gone."""
    _, errands = told
    killed_in_the_middle(lab)
    worker, _ = lab.hires()
    worker.log.unlink(missing_ok=True)
    worker.start().wait()
    try:
        count = done(lab, errands, 3)
    finally:
        worker.kill()
    report(f"{count} of {len(errands)} done")
    assert count < len(errands)
