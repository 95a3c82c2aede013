"""The numbers of running servers: by which road news came, and how long it took."""

import asyncio
import shutil

import pytest

from operations.websocket_by_hand import ask_http

from ..fault.lab.house import House
from ..fault.lab.web import DAPHNE, UVICORN
from ..scene import Scene
from .prometheus import parse

pytestmark = pytest.mark.skipif(not shutil.which("redis-server"), reason="needs a redis-server")


@pytest.fixture
def house():
    with House() as house:
        house.settle().opens(DAPHNE, UVICORN)
        house.scene = Scene(house.stage).is_set()
        yield house


def numbers(web):
    status, headers, body = ask_http(f"http://{web.address}", "/metrics")
    assert status == 200 and headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        (name, *(value for label, value in labels if label != "process")): value
        for (name, labels), value in parse(body.decode()).items()
    }


def delivered(web, road):
    return numbers(web)["prizmai_delivery_delay_seconds_count", road]


async def knows_that_redis_works(web, within=10):
    """Until this process, which somebody follows, has heard its own probe: before that it sends no hints."""
    async with asyncio.timeout(within):
        while numbers(web)["prizmai_mode", "live"] != 1:
            await asyncio.sleep(0.05)


async def test_what_happens_is_counted(house):
    here, there = house.webs
    ada, bob = house.scene.person("ada", here.address), house.scene.person("bob", there.address)
    hangar = house.scene.room()
    lines = [await ada.enters(hangar), await bob.enters(hangar)]
    await asyncio.gather(*(knows_that_redis_works(web) for web in house.webs))
    for n in range(5):
        await ada.posts(hangar, f"number {n}")
    await bob.hears("number 4")

    assert delivered(here, "handed") >= 5
    assert 0 < delivered(there, "hinted") <= 5
    told = numbers(here)
    assert told["prizmai_mode", "live"] == 1
    assert told["prizmai_sockets",] == 1 and told["prizmai_followed_streams",] == 1
    assert told["prizmai_batch_size_sum",] == 5 == told["prizmai_batch_size_count",]
    assert told["prizmai_hints_sent_total",] > 0  # news of one room that waits for Redis leaves as one hint
    assert 0 < told["prizmai_layer_round_trip_seconds",] < 1
    assert told["prizmai_delivery_delay_seconds_bucket", "handed", "1.0"] >= 5
    assert told["prizmai_delivery_delay_seconds_sum", "handed"] > 0

    house.redis.kill()
    await asyncio.gather(*(line.hears("mode", mode="degraded") for line in lines))
    polled = delivered(there, "polled")
    await ada.posts(hangar, "without Redis")
    await bob.hears("without Redis", within=2)
    assert delivered(there, "polled") == polled + 1
    assert numbers(here)["prizmai_hints_lost_total",] > 0
    assert numbers(here)["prizmai_mode", "degraded"] == 1
    for person in (ada, bob):
        await person.goes()
