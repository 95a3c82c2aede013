"""Pages as they are seen in one's own colours, with more contrast, very large, and on paper."""

import pytest
from playwright.async_api import expect

from .test_pages import is_fine

pytestmark = pytest.mark.asyncio(loop_scope="session")
LOOK = "(one, property) => getComputedStyle(one)[property]"
FOUR_TIMES = {"width": 320, "height": 256}  # a window of 1280 by 1024, at 400 %
LONG_CODE = "```python\nwhere = " + " + ".join(f"some_{number}" for number in range(60)) + "\n```"


async def look(locator, property):
    return await locator.evaluate(LOOK, property)


async def test_in_ones_own_colours_one_sees_what_is_chosen(ada, hangar):
    await ada.opens(hangar.page)
    await ada.page.emulate_media(forced_colors="active")
    await ada.page.keyboard.press("Control+k")
    options = ada.page.get_by_role("dialog").get_by_role("option")
    await expect(options.nth(1)).to_be_visible()
    assert await look(options.first, "backgroundColor") != await look(options.nth(1), "backgroundColor")
    assert await look(ada.page.get_by_role("dialog"), "borderTopWidth") == "1px"
    await ada.page.keyboard.press("Escape")
    await expect(ada.composer).to_be_focused()
    assert await look(ada.page.locator(".composer-box"), "outlineWidth") == "2px"
    here, elsewhere = ada.page.locator(".sidebar-link[aria-current]"), ada.page.locator(".sidebar-link").first
    assert await look(here, "backgroundColor") != await look(elsewhere, "backgroundColor")
    assert await look(ada.page.locator(".status .dot"), "forcedColorAdjust") == "none"


async def test_in_ones_own_colours_only_what_is_done_is_ticked(ada, propeller):
    await ada.opens(propeller.page)
    for text in ("Oil", "Spark"):
        await ada.page.get_by_role("textbox", name="Add an item").fill(text)
        await ada.page.keyboard.press("Enter")
        await expect(ada.page.get_by_role("checkbox", name=text)).to_be_visible()
    await ada.page.get_by_role("checkbox", name="Oil").click()
    await expect(ada.page.get_by_role("checkbox", name="Oil")).to_be_checked()
    await ada.page.emulate_media(forced_colors="active")
    for text, is_seen in (("Oil", "visible"), ("Spark", "hidden")):
        tick = ada.page.get_by_role("checkbox", name=text).locator("svg")
        await expect(tick).to_have_css("visibility", is_seen)


async def test_more_contrast_is_given_to_whoever_asks(ada, hangar):
    await ada.opens(hangar.page)
    note = ada.page.locator(".person-note").first
    assert await look(note, "color") != await look(ada.page.locator("body"), "color")
    await ada.page.emulate_media(contrast="more")
    assert await look(note, "color") == await look(ada.page.locator("body"), "color")


async def test_all_that_was_said_is_on_the_paper(ada, hangar, scene):
    for number in range(60):
        scene.stage.ask(
            "post",
            by=scene.ids["bob"],
            conversation_id=hangar.conversation_id,
            text=f"Number {number}\n" + "line\n" * (number == 30) * 60,
        )
    await ada.opens(hangar.page)
    await ada.writes("| a | b |\n|---|---|\n| " + "long" * 80 + " | 2 |")
    await ada.is_sent("longlong")
    await ada.page.emulate_media(media="print")
    wide = ada.article("longlong").locator("table")
    assert await wide.evaluate("(one) => one.scrollWidth <= one.clientWidth + 1")
    for part in (".app", ".timeline-scroll", ".main"):
        assert await ada.page.locator(part).evaluate("(one) => one.scrollHeight <= one.clientHeight + 1"), (
            part
        )
    assert await ada.page.evaluate("document.documentElement.scrollHeight > 3 * innerHeight")
    long = ada.article("Number 30").locator(".message-body")
    assert await long.evaluate("(one) => one.scrollHeight <= one.clientHeight + 1")
    for away in (".sidebar", ".panel", ".composer", ".header-tools"):
        await expect(ada.page.locator(away)).to_be_hidden()


async def test_all_cards_of_a_board_are_on_the_paper(ada, scene):
    for number in range(25):
        scene.task(f"Card {number}")
    await ada.opens(f"/boards/{scene.board}/")
    await ada.page.emulate_media(media="print")
    for part in (".app", ".board-columns", ".cards"):
        first = ada.page.locator(part).first
        assert await first.evaluate("(one) => one.scrollHeight <= one.clientHeight + 1"), part
        assert await first.evaluate("(one) => one.scrollWidth <= one.clientWidth + 1"), part
    await expect(ada.page.locator(".column-new")).to_be_hidden()


async def test_at_four_times_the_size_nothing_is_out_of_reach(ada, hangar, scene):
    where = {"by": scene.ids["bob"], "conversation_id": hangar.conversation_id}
    scene.stage.ask("post", **where, text=LONG_CODE)
    await ada.opens(hangar.page)
    await ada.page.set_viewport_size(FOUR_TIMES)
    await is_fine(ada.page, "a room at 400 %")
    code = ada.log.locator("pre")
    assert await code.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    await ada.opens("/accounts/profile/")
    assert await ada.page.locator("main").evaluate("(one) => one.scrollWidth <= one.clientWidth")
    await ada.opens(f"/boards/{scene.board}/")
    await ada.page.get_by_label("Filter the cards").first.press("Enter")
    await ada.page.get_by_label("Due", exact=True).focus()
    await expect(ada.page.get_by_label("Due", exact=True)).to_be_in_viewport(ratio=1)
    ada.complaints.clear()  # the policy of the page stops axe's own styles, and says so
