"""F03 Whatever starts first: six of the twenty-four orders, or all before a release."""

import itertools
import time

import pytest

from ..scene import Scene
from .lab.experiment import FULL
from .lab.house import House
from .lab.wire import Line

PARTS = ("database", "redis", "web", "worker")
SLICE = [
    ("database", "redis", "worker", "web"),
    ("web", "worker", "redis", "database"),
    ("web", "database", "worker", "redis"),
    ("worker", "web", "database", "redis"),
    ("redis", "web", "worker", "database"),
    ("worker", "redis", "database", "web"),
]
ORDERS = list(itertools.permutations(PARTS)) if FULL else SLICE
APART = 0.7  # seconds between one start and the next
READY = 10  # seconds from the last start


@pytest.fixture(scope="module")
def prepared():
    """A migrated installation on a PostgreSQL of its own, of which nothing runs."""
    from .lab.house import new_postgres

    server = new_postgres()
    with House(server) as house:
        house.has_tables()
        house.scene = Scene(house.stage).is_set()
        house.room = house.scene.room()
        house.cookie = house.scene.stage.ask("sign_in", user_id=house.scene.ids["ada"])
        server.stop()
        yield house
        server.stop()


@pytest.fixture
def parts(prepared):
    worker, _ = prepared.hires()
    parts = {
        "database": prepared.postgres,
        "redis": prepared.redis,
        "web": prepared.builds(),
        "worker": worker,
    }
    yield parts
    for name in ("worker", "web", "redis"):
        parts[name].kill()
    parts["database"].stop()


@pytest.mark.parametrize("order", ORDERS, ids=">".join)
async def test_f03_every_order_leads_to_a_working_chat(prepared, parts, order, report):
    (prepared.folder / "worker.log").unlink(missing_ok=True)
    for name in order:
        assert not parts[name].lives
        parts[name].start()
        time.sleep(APART)  # the distance between two starts is what is tested
    started = time.monotonic() - APART
    assert all(parts[name].lives for name in order)
    parts["web"].wait(READY)
    while not await _talks(parts["web"].address, prepared):
        assert time.monotonic() - started < READY, parts["web"].last_words()
    assert parts["web"].lives
    parts["worker"].wait(max(0.1, READY - (time.monotonic() - started)))
    assert prepared.stage.ask("worker_answers"), parts["worker"].last_words()
    report(f"ready after {time.monotonic() - started:.1f} s")


async def _talks(address, house):
    """Whether somebody who comes now can talk, live."""
    try:
        line = await Line.opened(address, house.room.path, cookie=house.cookie)
    except Exception:
        return False
    try:
        await line.hears("welcome", within=2)
        await line.says("chat_message", message="Is this on?")
        await line.hears("chat_message", within=2, message="Is this on?")
        if (await line.hears("welcome"))["mode"] != "live":
            await line.hears("mode", within=3, mode="live")
    except AssertionError:
        return False
    finally:
        await line.closes()
    return True
