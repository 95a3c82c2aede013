"""The page of how it is goes on telling what is so, while somebody looks at it."""

from contextlib import suppress

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.asyncio(loop_scope="session")
RENEWED_EVERY = 30_000  # ms


async def test_the_page_of_health_renews_itself_until_one_leaves(administrator):
    await administrator.opens("/accounts/profile/", live=False)
    page = administrator.page
    clock = administrator.context.clock
    await clock.install()
    await administrator.opens("/accounts/profile/")
    await page.get_by_role("link", name="How it is").click()
    await expect(page.get_by_role("heading", name="How fast messages reach people")).to_be_visible()
    await page.evaluate("document.querySelector('.verdict').dataset.old = ''")
    await expect(page.locator("[data-old]")).to_have_count(1)
    await _is_renewed(page, clock)
    await expect(page.locator(".verdict")).to_have_count(1)
    await page.get_by_role("link", name="Boards", exact=True).click()
    await expect(page.get_by_role("heading", name="Boards", level=1)).to_be_visible()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    await clock.fast_forward(2 * RENEWED_EVERY)
    await page.get_by_role("link", name="Saved", exact=True).click()
    await expect(page.get_by_role("heading", name="Saved", level=1)).to_be_visible()
    assert not [url for url in asked if "how-it-is" in url]


async def _is_renewed(page, clock):
    """After one round; or after another, for a page is seen before it begins to count."""
    old = page.locator("[data-old]")
    await clock.fast_forward(RENEWED_EVERY)
    with suppress(AssertionError):
        return await expect(old).to_have_count(0, timeout=2_000)
    await clock.fast_forward(RENEWED_EVERY)
    await expect(old).to_have_count(0)
