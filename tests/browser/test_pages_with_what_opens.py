"""What opens over a page: nothing for axe to find in it, the focus goes into it, and Escape gives the focus back."""

import pytest
import pytest_asyncio
from playwright.async_api import expect

from .test_pages import COLOURS, STILL, is_fine, violations
from .test_reading import photograph

pytestmark = pytest.mark.asyncio(loop_scope="session")
SIZES = {
    "desk": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True},
}
OPEN = "dialog[open], :popover-open"
BY_KEY = {"reacting": "+", "reminder": "m", "forwarding": "f", "deleting": "Delete"}
SAID = {"readers"}  # only to be read: there is nothing in it to do
HOLDS_FOCUS = f"Boolean(document.activeElement.closest('{OPEN}'))"
IS_LOST = "document.activeElement === document.body || !document.activeElement.checkVisibility()"


@pytest_asyncio.fixture(params=SIZES, loop_scope="session")
async def ada(request, signs_in):
    return await signs_in("ada", **SIZES[request.param])


async def test_over_a_conversation(ada, bob, hangar):
    """Each in turn, in a room in which a picture was sent, a message reworded, and the last one read."""
    await bob.opens(hangar.page), await ada.opens(hangar.page)
    page, row = ada.page, await _a_reworded_picture(ada)
    readers = page.get_by_role("button", name="Read by 1 of")
    await expect(readers).to_be_visible()
    for what, opened in {
        "gallery": lambda: row.get_by_role("link", name="red.jpg").click(),
        "day": lambda: page.locator(".timeline-day").evaluate("(one) => one.click()"),
        "readers": readers.click,
        "menu": lambda: _presses_more(row),
        "emoji": page.get_by_role("button", name="Emoji").click,
        "person": row.get_by_role("link", name="Ada Flyer").click,
        "history": row.get_by_role("link", name="edited").click,
        "later": lambda: _sends_later(ada),
        "palette": lambda: page.keyboard.press("Control+k"),
        "keys": lambda: page.keyboard.press("Control+/"),
        **{what: lambda key=key: row.press(key) for what, key in BY_KEY.items()},
    }.items():
        await row.focus()
        await opened()
        await _is_fine_and_closes(page, what)
    ada.complaints.clear()  # the policy of the page stops axe's own styles, and says so


async def test_the_tools_of_the_composer_are_fine(ada, hangar):
    await ada.opens(hangar.page)
    page, composer = ada.page, ada.composer
    await _is_fine(page, "an empty room")
    await composer.press_sequentially("Oh. ")
    await page.get_by_role("button", name="Formatting").click()
    await page.locator("input[type=file]").set_input_files([photograph("red")])
    await expect(page.get_by_role("button", name="Take red.jpg away")).to_be_visible()
    await composer.press_sequentially("Hello @bo")
    await expect(page.get_by_role("listbox")).to_be_visible()
    await _is_fine(page, "completion, tools and files")
    await page.keyboard.press("Escape")
    await expect(composer).to_be_focused()
    await ada.context.set_offline(True)
    await page.get_by_role("button", name="Send", exact=True).click()
    await ada.status_begins("Offline")
    await _is_fine(page, "offline")
    await expect(ada.status).to_be_in_viewport(ratio=0.9)
    ada.complaints.clear()


async def test_over_a_board(ada, propeller, scene):
    await ada.opens(f"/boards/{scene.board}/")
    page, card = ada.page, ada.card("Check the propeller blades").first
    grip = card.get_by_role("button", name="Move")
    await grip.press("Space")
    await _is_fine(page, "a lifted card")
    await page.keyboard.press("Escape")
    await expect(grip).to_be_focused()
    menu = page.locator(".column-menu summary").first
    await menu.click()
    await _is_fine(page, "a column's menu")
    await page.keyboard.press("Escape")
    await expect(menu).to_be_focused()
    await page.locator(".card-new-title").first.focus()
    await _is_fine(page, "a new card")
    ada.complaints.clear()


async def test_over_the_search(ada):
    await ada.opens("/messaging/search/")
    await ada.page.locator("#search-text").press_sequentially("from:")
    await expect(ada.page.get_by_role("listbox")).to_be_visible()
    await _is_fine(ada.page, "completing a search")
    ada.complaints.clear()


async def test_a_sign_in_that_failed(chromium, web):
    context = await chromium.new_context()
    page = await context.new_page()
    await page.goto(f"http://{web.address}/accounts/login/")
    for field in ("login", "password"):
        await page.locator(f"[name={field}]").fill("nobody")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_be_visible()
    await is_fine(page, "a sign-in that failed")
    await context.close()


async def _a_reworded_picture(ada):
    page = ada.page
    await page.locator("input[type=file]").set_input_files([photograph("red")])
    await expect(page.get_by_role("button", name="Take red.jpg away")).to_be_visible()
    await ada.writes("A picture")
    await ada.is_sent("A picture")
    await ada.article("A picture").press("e")
    await ada.log.get_by_role("textbox").fill("A picture!")
    await ada.log.get_by_role("button", name="Save", exact=True).click()
    row = ada.article("A picture!")
    await expect(row.get_by_role("link", name="edited")).to_be_visible()
    return row


async def _sends_later(ada):
    await ada.composer.fill("Good morning")
    await ada.page.get_by_role("button", name="Send later").click()


async def _presses_more(row):
    await row.get_by_role("button", name="More").click()


async def _is_fine_and_closes(page, what):
    await expect(page.locator(OPEN).first).to_be_visible()
    assert what in SAID or await page.evaluate(HOLDS_FOCUS), f"the focus does not go into {what}"
    await _is_fine(page, what)
    await page.keyboard.press("Escape")
    await expect(page.locator(OPEN)).to_have_count(0)
    assert not await page.evaluate(IS_LOST), f"{what} loses the focus when it closes"


async def _is_fine(page, what):
    """All of it by day; by night, at a desk, only what else the colours change."""
    await page.emulate_media(color_scheme="light", reduced_motion="reduce")
    await page.evaluate(STILL)
    assert await violations(page) == [], what
    if page.viewport_size == SIZES["phone"]["viewport"]:
        return
    await page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    await page.evaluate(STILL)
    of = OPEN if await page.locator(OPEN).count() else "body"
    assert await violations(page, of=of, only=COLOURS) == [], f"{what}, dark"
