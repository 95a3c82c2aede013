"""What a thumb can do, and where the ways back of a phone lead."""

import re

import pytest
from playwright.async_api import expect

from .test_with_a_message import presses_long

pytestmark = pytest.mark.asyncio(loop_scope="session")
PHONE = {"has_touch": True, "is_mobile": True, "viewport": {"width": 390, "height": 780}}
ON_ITS_SIDE = {"width": 844, "height": 390}
RIVET = "rivet of the left wing: look after it, and paint it once it is known to hold all that it is to hold"
WITH_KEYS = {"width": 390, "height": 420}
# The titles of cards that are lower than what stands on them.
PRESSED_FLAT = """() => [...document.querySelectorAll(".card[data-task]")]
    .filter((card) => card.scrollHeight > card.clientHeight + 1).map((card) => card.textContent.trim())"""
# What closes by a phone's own way back, in the order in which it opened.
WATCHERS = """{
    const Watcher = window.CloseWatcher;
    window.watchers = [];
    window.CloseWatcher = class extends Watcher { constructor() { super(); window.watchers.push(this); } };
}"""
GOES_BACK = "window.watchers.at(-1).requestClose()"
# Whether the browser has a menu of its own for what is pressed long there.
HAS_MENU = """(pressed) => pressed.dispatchEvent(
    new PointerEvent("contextmenu", { bubbles: true, cancelable: true, pointerType: "touch" }))"""
# A finger that rests is never quite still.
TREMBLES = """async (row) => {
    const finger = { bubbles: true, pointerType: "touch", clientY: 9 };
    const at = (name, x) => row.dispatchEvent(new PointerEvent(name, { ...finger, clientX: x }));
    at("pointerdown", 100);
    for (let n = 0; n < 10; n += 1) {
        await new Promise((over) => setTimeout(over, 50));
        at("pointermove", 100 + (n % 4));
    }
}"""

# What is to be pressed or written in, as far as it reaches where a phone has its notch and its bar.
UNDER_NOTCH = """({ left, right, bottom }) => {
    const controls = [...document.querySelectorAll("a[href]:not(.skip-link), button, input, textarea, select")];
    const shown = controls.filter((one) => one.checkVisibility() && getComputedStyle(one).clipPath === "none");
    const reaches = (box) => box.left < left || box.right > innerWidth - right;
    return shown.filter((one) => one.getBoundingClientRect().width > 1 && reaches(one.getBoundingClientRect()))
        .map((one) => one.outerHTML.slice(0, 120));
}"""

# What stands by itself, not in a line of words, and is smaller than a thumb.
TOO_SMALL = """() => [...document.querySelectorAll("button, summary, .sidebar a, .header a, .filter, a.row")]
    .concat([...document.querySelectorAll(".search-tabs a, .days .choice")])
    .filter((one) => one.checkVisibility() && getComputedStyle(one).clipPath === "none")
    .filter((one) => one.offsetHeight < 44 || one.offsetWidth < 44).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def talk(scene, hangar):
    """Enough was said to scroll, by turns."""
    for n in range(20):
        by = scene.ids[("ada", "bob")[n % 2]]
        scene.stage.ask("post", by=by, conversation_id=hangar.conversation_id, text=f"Said as number {n}.")
    return hangar


def sheet(visitor):
    return visitor.page.locator(".message-menu.sheet:popover-open")


async def test_the_back_of_the_header_leads_out_of_a_room_however_far_one_went_in_it(signs_in, talk):
    ada = await signs_in("ada", **PHONE)
    await ada.opens("/messaging/")
    await ada.page.locator(f'.sidebar a[href="{talk.page}"]').first.tap()
    await ada.status_begins("Connected")
    for n in (16, 18):
        await ada.article(f"number {n}.").locator(".message-head time").tap()
        await expect(ada.page).to_have_url(re.compile("#message-"))
    await ada.page.get_by_role("link", name="Back").tap()
    await expect(ada.page).to_have_url(re.compile("/messaging/$"))


async def test_the_phones_own_way_back_closes_the_panel(signs_in, hangar):
    ada = await signs_in("ada", **PHONE)
    await ada.opens("/messaging/", live=False)
    await ada.page.add_init_script(WATCHERS)
    await ada.opens(hangar.page)
    switch, panel = ada.page.get_by_role("button", name="People"), ada.page.locator("#panel")
    for _ in range(2):
        await switch.tap()
        await expect(panel).to_be_visible()
        await ada.page.evaluate(GOES_BACK)
        await expect(panel).to_be_hidden()
        await expect(switch).to_have_attribute("aria-expanded", "false")
    await expect(ada.page).to_have_url(re.compile(re.escape(hangar.page)))


async def test_a_finger_that_trembles_presses_long_all_the_same(signs_in, hangar):
    ada = await signs_in("ada", **PHONE)
    await ada.opens(hangar.page)
    await ada.writes("Press me")
    await ada.is_sent("Press me")
    await ada.article("Press me").locator(".message-body").evaluate(TREMBLES)
    await expect(sheet(ada)).to_be_visible()


async def test_a_long_press_tells_what_others_see_by_resting_on_it(signs_in, scene, hangar):
    tell, ids = scene.stage.ask, scene.ids
    place = {"conversation_id": hangar.conversation_id}
    id = tell("post", by=ids["bob"], text="Who is glad", **place)
    tell("react", by=ids["bob"], message_id=id, emoji="🎉", **place)
    ada = await signs_in("ada", **PHONE)
    await ada.opens(hangar.page)
    await presses_long(ada, "Who is glad", until=sheet(ada))
    said = await ada.article("Who is glad").locator("time").first.get_attribute("title")
    await expect(sheet(ada)).to_contain_text(said)
    await expect(sheet(ada)).to_contain_text("🎉 Bob Wrench")


async def test_what_the_browser_has_a_menu_for_keeps_it_under_a_long_press(signs_in, scene, hangar):
    scene.stage.ask(
        "post",
        by=scene.ids["ada"],
        conversation_id=hangar.conversation_id,
        text="Look at https://wing.example\n\nand\n\nat this",
    )
    ada = await signs_in("ada", **PHONE)
    await ada.opens(hangar.page)
    row = ada.article("Look at")
    await expect(row.get_by_role("link", name="wing.example")).to_be_visible()
    assert not await row.locator(".message-body").evaluate(HAS_MENU)
    assert await row.get_by_role("link", name="wing.example").evaluate(HAS_MENU)
    await presses_long(ada, "Look at", until=sheet(ada))
    await sheet(ada).get_by_role("menuitem", name="Edit").tap()
    assert await ada.page.get_by_role("textbox", name="Edit message").evaluate(HAS_MENU)


async def test_a_conversation_becomes_a_favourite_without_a_pointer_that_rests(signs_in, hangar, scene):
    ada = await signs_in("ada", **PHONE)
    await ada.opens(hangar.page)
    await ada.page.get_by_role("button", name="People").tap()
    await ada.page.get_by_role("button", name="Add to the favourites").tap()
    hub = await ada.tab("/messaging/")
    listed = hub.page.get_by_role("list", name="Favourites").locator(f'a[href="{hangar.page}"]')
    await expect(listed).to_be_visible()
    await favourites_change_places(ada, hub, hangar, scene.room())
    await ada.page.get_by_role("button", name="Take out of the favourites").tap()
    await expect(listed).to_have_count(0)


async def favourites_change_places(ada, hub, first, second):
    await hub.opens(second.page)
    await hub.page.get_by_role("button", name="People").tap()
    await hub.page.get_by_role("button", name="Add to the favourites").tap()
    await hub.opens("/messaging/")
    rows = hub.page.get_by_role("list", name="Favourites").get_by_role("listitem")
    order = [str(one.conversation_id) for one in (first, second)]
    await expect(rows.last).to_have_attribute("data-place", order[1])
    button = rows.last.get_by_role("button", name="Order of")
    assert (await button.bounding_box())["height"] >= 44
    await button.tap()
    await expect(hub.page.get_by_role("menuitem", name="Move down")).to_have_count(0)
    await hub.page.get_by_role("menuitem", name="Move up").tap()
    await expect(rows.first).to_have_attribute("data-place", order[1])
    await expect(hub.page.locator(".toasts")).to_contain_text("is number 1 of 2 now.")
    await rows.first.get_by_role("button", name="Order of").tap()
    await hub.page.get_by_role("menuitem", name="Take out of the favourites").tap()
    await expect(rows).to_have_count(1)


async def test_what_is_being_edited_stays_in_sight_when_the_keys_come(signs_in, talk):
    ada = await signs_in("ada", **PHONE)
    await ada.opens(talk.page)
    await ada.article("number 12.").scroll_into_view_if_needed()
    await ada.page.mouse.wheel(0, -400)
    await presses_long(ada, "number 14.", until=sheet(ada))
    await sheet(ada).get_by_role("menuitem", name="Edit").tap()
    field = ada.page.get_by_role("textbox", name="Edit message")
    await expect(field).to_be_focused()
    await ada.page.set_viewport_size(WITH_KEYS)
    await expect(field).to_be_in_viewport(ratio=0.9)
    await expect(ada.page.get_by_role("button", name="Save", exact=True)).to_be_in_viewport(ratio=0.9)


async def test_who_taps_a_name_without_a_network_stays(signs_in, scene, hangar):
    scene.stage.ask("post", by=scene.ids["bob"], conversation_id=hangar.conversation_id, text="Who am I")
    ada = await signs_in("ada", **PHONE)
    await ada.opens(hangar.page)
    name = ada.article("Who am I").get_by_role("link", name="Bob Wrench")
    await name.tap()
    await expect(ada.page.locator(".person-card")).to_be_visible()
    await ada.page.keyboard.press("Escape")
    await ada.context.set_offline(True)
    await name.tap()
    await expect(ada.page.locator(".toasts")).to_contain_text("This cannot be shown right now.")
    await expect(ada.page).to_have_url(re.compile(re.escape(hangar.page)))
    await ada.context.set_offline(False)


async def test_a_form_is_not_sent_into_a_network_that_is_not_there(signs_in, propeller):
    ada = await signs_in("ada", **PHONE)
    await ada.opens(propeller.page)
    await ada.page.get_by_role("button", name="Task details").tap()
    await ada.context.set_offline(True)
    await ada.status_begins("(Offline|Reconnecting)", within=10_000)
    await ada.page.get_by_label("Title").fill("Check both propellers")
    await ada.page.get_by_role("button", name="Save").first.tap()
    await expect(ada.page.locator(".toasts")).to_contain_text("You are offline, so this was not done.")
    await expect(ada.page.get_by_label("Title")).to_have_value("Check both propellers")
    await ada.context.set_offline(False)
    await ada.status_begins("Connected", within=10_000)
    await ada.page.get_by_role("button", name="Save").first.tap()
    await expect(ada.page.get_by_role("heading", level=1)).to_have_text("Check both propellers")


async def test_nothing_lies_under_the_notch_however_the_phone_is_held(signs_in, hangar, propeller):
    ada = await signs_in("ada", has_touch=True, is_mobile=True, viewport=ON_ITS_SIDE)
    await ada.opens(hangar.page)
    devtools = await ada.context.new_cdp_session(ada.page)
    notch = {"top": 0, "left": 47, "right": 47, "bottom": 21}
    await devtools.send("Emulation.setSafeAreaInsetsOverride", {"insets": notch})
    for path in (hangar.page, propeller.page, "/boards/", "/messaging/"):
        await ada.opens(path)
        assert await ada.page.evaluate(UNDER_NOTCH, notch) == [], path


async def test_on_a_phone_on_its_side_every_place_can_be_gone_to(signs_in, scene, hangar):
    tower = scene.room()
    ada = await signs_in("ada", has_touch=True, is_mobile=True, viewport=ON_ITS_SIDE)
    await ada.opens(hangar.page)
    link = ada.page.locator(f'.sidebar a[href="{tower.page}"]').first
    await link.scroll_into_view_if_needed()
    await expect(link).to_be_in_viewport(ratio=0.9)
    await link.tap()
    await expect(ada.page).to_have_url(re.compile(re.escape(tower.page)))
    await expect(ada.composer).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("size", [PHONE["viewport"], ON_ITS_SIDE], ids=["upright", "on its side"])
async def test_a_full_column_presses_no_card_flat(signs_in, scene, size):
    tell, by = scene.stage.ask, scene.ids["ada"]
    board = tell("make_board", by=by, name="Full")
    column = tell("columns", board_id=board)[0]
    for n in range(12):
        tell(
            "make_task",
            by=by,
            column_id=column,
            title=f"{n}. {RIVET}",
        )
    ada = await signs_in("ada", has_touch=True, is_mobile=True, viewport=size)
    await ada.opens(f"/boards/{board}/")
    assert await ada.page.evaluate(PRESSED_FLAT) == []


async def test_what_a_thumb_is_to_hit_is_large_enough(signs_in, hangar):
    ada = await signs_in("ada", **PHONE)
    pages = ("", "notifications/", "notifications/wishes/", "saved/", "search/?q=bold")
    for path in (*(f"/messaging/{page}" for page in pages), "/boards/"):
        await ada.opens(path)
        assert await ada.page.evaluate(TOO_SMALL) == [], path
    await ada.opens(hangar.page)
    await ada.page.get_by_role("button", name="Emoji").tap()
    rocket = ada.page.get_by_role("button", name="rocket", exact=True).first
    await expect(rocket).to_be_visible()
    await ada.page.wait_for_function("() => document.querySelector('[title=rocket]')?.offsetHeight >= 44")


async def test_an_empty_field_is_one_line_however_long_the_name_of_its_room(signs_in, scene):
    name = "Everything about the propellers, the rudder and the wings"
    room = {"board_id": scene.board, "name": name, "private": False, "user_ids": []}
    id = scene.stage.ask("make_room", by=scene.ids["ada"], **room)
    ada = await signs_in("ada", **PHONE)
    await ada.opens(f"/messaging/room/{id}/")
    assert (await ada.composer.bounding_box())["height"] <= 48
    await expect(ada.composer).to_have_attribute("placeholder", f"Message {name}")


async def test_all_that_waits_is_said_though_there_is_little_room(signs_in, hangar):
    ada = await signs_in("ada", has_touch=True, is_mobile=True, viewport={"width": 360, "height": 640})
    await ada.opens(hangar.page)
    await ada.context.set_offline(True)
    await ada.status_begins("Offline")
    await ada.writes("From the train")
    words = ada.page.locator("connection-status .words")
    await expect(words).to_have_text("Offline · 1 message waiting")
    assert await words.evaluate(
        "(it) => it.scrollWidth <= it.clientWidth && it.scrollHeight <= it.clientHeight"
    )
    await ada.context.set_offline(False)
    await ada.is_sent("From the train")
