"""F47 A server that counts wrong: the page asks three times, loads anew once, says so, and rests."""

import asyncio
import json
import re

import pytest

from ..browser.conftest import bob, chromium, hangar, signs_in, web  # noqa: F401  what its tests stand on

pytestmark = pytest.mark.asyncio(loop_scope="session")
MOST_RESYNCS = 3
BUSY = 0.3  # of one processor


async def watches(ada, hangar, wrong):  # noqa: F811
    """Ada's page in the hangar, over a line that passes everything on, with revisions that jump if `wrong`."""
    asked = []

    async def route(line):
        server = line.connect_to_server()
        line.on_message(lambda text: (asked.append(json.loads(text)["type"]), server.send(text)))
        server.on_message(lambda text: line.send(miscounted(text) if wrong else text))

    ada.page = await ada._new_page()
    await ada.page.route_web_socket(re.compile("/ws/chat-room/"), route)
    await ada.opens(hangar.page)
    return asked


def miscounted(text):
    frame = json.loads(text)
    if frame["type"] == "chat_message":
        frame["revision"] += 5
    return json.dumps(frame)


async def processor_time(page):
    line = await page.context.new_cdp_session(page)
    await line.send("Performance.enable")
    metrics = (await line.send("Performance.getMetrics"))["metrics"]
    await line.detach()
    return next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration")


async def test_f47_a_server_that_counts_wrong(signs_in, bob, hangar, report):  # noqa: F811
    ada = await signs_in("ada")
    asked = await watches(ada, hangar, wrong=True)
    await bob.opens(hangar.page)
    for number in range(6):
        await bob.writes(f"Miscounted {number}")
        await bob.is_sent(f"Miscounted {number}")
    await asyncio.sleep(1)
    before = await processor_time(ada.page)
    await asyncio.sleep(2)
    busy = (await processor_time(ada.page) - before) / 2
    status = await ada.status.inner_text()
    report(f"{asked.count('resume')} resyncs, then {status!r}, {busy:.0%} busy")
    assert 0 < asked.count("resume") <= MOST_RESYNCS
    assert busy < BUSY
    assert not status.startswith("Connected")


async def test_f47_twin_a_server_that_counts_right_is_asked_nothing(signs_in, bob, hangar, report):  # noqa: F811
    ada = await signs_in("ada")
    asked = await watches(ada, hangar, wrong=False)
    await bob.opens(hangar.page)
    for number in range(2):
        await bob.writes(f"Counted {number}")
        await ada.sees(f"Counted {number}")
    report(f"{asked.count('resume')} resyncs")
    assert "resume" not in asked
