"""F36-F39 A browser goes offline, sleeps, hides, crashes, or has two tabs: what was written is sent, once."""

import asyncio
import contextlib
import os
import re
import signal
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Error as BrowserError
from playwright.async_api import expect

from ..browser.conftest import bob, chromium, hangar, signs_in, web  # noqa: F401  what its tests stand on
from .lab.experiment import rounds
from .lab.proxy import Proxy
from .lab.shelf import Shelf

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.service_worker]
AWAY = re.compile("^(Offline|Reconnecting|Disconnected|Connecting|Catching up)")
SOON = 10_000  # ms until it shows that the line is gone (G5)
CAUGHT_UP = 5_000  # ms
NAMELESS = """
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (text) {
        const { client_id, ...rest } = JSON.parse(text);
        return send.call(this, JSON.stringify(rest));
    };
"""
# No pause is shorter than it may be.
PATIENT = "Math.random = () => 0.999999;"
# As browsers tell it of a tab; one without a screen hides none.
SHOWS = """(state) => {
    Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
}"""
FORGETFUL = "Object.defineProperty(window, 'indexedDB', { value: undefined });"


@pytest_asyncio.fixture(loop_scope="session")
async def link(web):  # noqa: F811
    """A link of Ada's own to the server, which can be cut."""
    async with Proxy(web.port) as proxy:
        yield proxy


@pytest.fixture(autouse=True)
def redis(house):
    house.redis.wait()


def kept(house, place):
    return [row["text"] for row in Shelf(house.database_url).kept(place.conversation_id)]


async def is_away(visitor):
    await expect(visitor.status).to_have_text(AWAY, timeout=SOON)


# -- F36 ---------------------------------------------------------------------------------------------------------


async def offline_and_back(ada, bob, hangar):  # noqa: F811
    """A word said into a line that has just died without a sign, one into a dead one, and one said by another."""
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await ada.context.set_offline(True)
    await ada.writes("Into the dying line")
    await is_away(ada)
    await ada.writes("Written offline")
    await expect(ada.status).to_have_text(re.compile("2 messages"))
    await bob.writes("Said meanwhile")
    await bob.is_sent("Said meanwhile")
    await asyncio.sleep(rounds(0, 30))
    await ada.context.set_offline(False)


async def test_f36_offline_and_back(signs_in, bob, hangar, house, report):  # noqa: F811
    ada = await signs_in("ada")
    await offline_and_back(ada, bob, hangar)
    await ada.sees_in_order(["Said meanwhile"], within=CAUGHT_UP)
    for text in ("Into the dying line", "Written offline"):
        await ada.is_sent(text, within=CAUGHT_UP)
        await bob.sees(text)
    assert sorted(kept(house, hangar)) == ["Into the dying line", "Said meanwhile", "Written offline"]
    report("caught up within 5 s, each sent once")


async def test_f36_twin_without_a_client_id_says_it_twice(signs_in, bob, hangar, house, report):  # noqa: F811
    ada = await signs_in("ada")
    await ada.context.add_init_script(NAMELESS)
    await offline_and_back(ada, bob, hangar)
    async with asyncio.timeout(10):
        while kept(house, hangar).count("Into the dying line") < 2:
            await asyncio.sleep(0.1)
    report("kept twice")


async def test_f36_a_computer_sleeps(signs_in, bob, hangar, link, report):  # noqa: F811
    ada = await signs_in("ada", link.address)
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    asleep = renderer_of(await marked(ada))
    os.kill(asleep, signal.SIGSTOP)
    try:
        link.reset()
        await bob.writes("Said while it slept")
        await bob.is_sent("Said while it slept")
        await asyncio.sleep(rounds(2, 600))
    finally:
        os.kill(asleep, signal.SIGCONT)
    await ada.sees("Said while it slept", within=CAUGHT_UP)
    report("caught up within 5 s")


async def marked(visitor):
    """The pid of the process that draws this page, as the browser tells it."""
    browser = await visitor.context.browser.new_browser_cdp_session()
    before = {
        p["id"]
        for p in (await browser.send("SystemInfo.getProcessInfo"))["processInfo"]
        if p["type"] == "renderer"
    }
    await browser.detach()
    return before


def renderer_of(pids):
    """Of several the busiest is the page that is open: it has lived longest on the processor."""

    def used(pid):
        stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return int(stat[11]) + int(stat[12])

    return max(pids, key=used)


# -- F37 ---------------------------------------------------------------------------------------------------------


async def shows(visitor, state):
    await visitor.page.evaluate(SHOWS, state)


async def in_the_background(ada, bob, hangar, link):  # noqa: F811
    """Behind another tab while the line is cut, until it waits five seconds before it tries again."""
    await ada.context.add_init_script(PATIENT)
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await shows(ada, "hidden")
    await link.down()
    for number in range(3):
        await bob.writes(f"Unseen {number}")
        await bob.is_sent(f"Unseen {number}")
    await ada.status_begins(r"Reconnecting \(4\)", within=20_000)


async def test_f37_a_tab_in_the_background(signs_in, bob, hangar, link, report):  # noqa: F811
    ada = await signs_in("ada", link.address)
    await in_the_background(ada, bob, hangar, link)
    await link.up()
    await shows(ada, "visible")
    await ada.sees("Unseen 2", within=3_000)
    await ada.sees_in_order(["Unseen 0", "Unseen 1", "Unseen 2"])
    report("caught up within 3 s")


async def test_f37_twin_whose_line_stays_cut_sees_nothing_and_says_so(signs_in, bob, hangar, link, report):  # noqa: F811
    ada = await signs_in("ada", link.address)
    await in_the_background(ada, bob, hangar, link)
    await shows(ada, "visible")
    await is_away(ada)
    assert await ada.article("Unseen 2").count() == 0
    report("not caught up, and said so")


# -- F38 ---------------------------------------------------------------------------------------------------------


async def crashes_with_unsent_words(ada, bob, hangar, link):  # noqa: F811
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await link.down()
    await is_away(ada)
    for text in ("Unsent one", "Unsent two"):
        await ada.writes(text)
        await ada.sees(text)
    with contextlib.suppress(BrowserError):
        await ada.page.goto("chrome://crash", timeout=3_000)
    with contextlib.suppress(BrowserError):
        await ada.page.close()
    ada.page = None
    await link.up()
    await ada.opens(hangar.page)


async def test_f38_a_tab_crashes_with_unsent_messages(signs_in, bob, hangar, link, house, report):  # noqa: F811
    ada = await signs_in("ada", link.address)
    await crashes_with_unsent_words(ada, bob, hangar, link)
    for text in ("Unsent one", "Unsent two"):
        await ada.is_sent(text, within=8_000)
    await bob.sees_in_order(["Unsent one", "Unsent two"])
    assert kept(house, hangar) == ["Unsent one", "Unsent two"]
    report("2 of 2 sent once after reopening")


async def test_f38_twin_without_an_outbox_loses_them(signs_in, bob, hangar, link, house, report):  # noqa: F811
    ada = await signs_in("ada", link.address)
    await ada.context.add_init_script(FORGETFUL)
    await crashes_with_unsent_words(ada, bob, hangar, link)
    await ada.writes("After the crash")
    await ada.is_sent("After the crash")
    assert kept(house, hangar) == ["After the crash"]
    report("0 of 2 sent after reopening")


# -- F39 ---------------------------------------------------------------------------------------------------------


async def two_tabs(ada, hangar, link):  # noqa: F811
    await ada.opens(hangar.page)
    second = await ada.tab(hangar.page)
    await link.down()
    await is_away(ada)
    await ada.writes("From the first tab")
    await second.writes("From the second tab")
    await second.sees("From the second tab")
    await link.up()
    return second


async def test_f39_two_tabs_and_one_outbox(signs_in, bob, hangar, link, house, report):  # noqa: F811
    ada = await signs_in("ada", link.address)
    await bob.opens(hangar.page)
    second = await two_tabs(ada, hangar, link)
    for text in ("From the first tab", "From the second tab"):
        for tab in (ada, second):
            await tab.is_sent(text, within=8_000)
        await bob.sees(text)
    assert sorted(kept(house, hangar)) == ["From the first tab", "From the second tab"]
    report("one row each")


async def test_f39_twin_without_a_client_id_says_it_twice(signs_in, hangar, link, house, report):  # noqa: F811
    """No acknowledgement finds what it is of, so each tab sends again what both know of."""
    ada = await signs_in("ada", link.address)
    await ada.context.add_init_script(NAMELESS)
    await two_tabs(ada, hangar, link)
    async with asyncio.timeout(30):
        while len(kept(house, hangar)) < 3:
            await asyncio.sleep(0.1)
            link.reset()
            await asyncio.sleep(1)
    report(f"{len(kept(house, hangar))} rows of 2")
