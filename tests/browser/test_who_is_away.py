"""Whoever leaves their page alone is shown as away to the others, and as here again at the first touch."""

import asyncio

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.asyncio(loop_scope="session")

ALONE = 6 * 60 * 1000  # ms


class Inbox:
    """A line held back until the browser's clock, which the server does not share, has gone on."""

    is_held = True

    async def meets(self, line):
        if self.is_held:
            await line.close(code=1012)
        else:
            line.connect_to_server()


async def knows_when_it_was_touched(page):
    async with asyncio.timeout(10):
        while not await page.evaluate("localStorage.getItem('prizmai-looking')"):
            await asyncio.sleep(0.05)


async def test_who_leaves_their_page_alone_is_away_until_they_touch_it(ada, signs_in, scene, web):
    scene.newcomer("gil", web.address)
    cockpit = scene.room(private_to=("ada", "gil"))
    gil = await signs_in("gil")
    inbox = Inbox()
    await gil.context.route_web_socket("**/ws/inbox/", inbox.meets)
    await gil.context.clock.install()
    await ada.opens(cockpit.page), await gil.opens(cockpit.page)
    row = ada.page.locator(f'.person[data-user="{scene.ids["gil"]}"]')
    await expect(row).to_have_attribute("data-status", "active")
    await knows_when_it_was_touched(gil.page)
    await gil.context.clock.fast_forward(ALONE)
    inbox.is_held = False
    await gil.page.evaluate("dispatchEvent(new Event('online'))")
    await expect(row).to_have_attribute("data-status", "away")
    await expect(row.get_by_text("away", exact=True)).to_have_count(1)
    await gil.page.mouse.move(300, 300)
    await expect(row).to_have_attribute("data-status", "active")
    await gil.page.close()
    await expect(row).to_have_attribute("data-status", "offline")
    await expect(row.locator(".person-seen")).to_be_visible()
