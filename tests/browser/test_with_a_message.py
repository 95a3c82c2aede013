"""What one can do with a message, in real browsers: pinned, saved, passed on, sent later, and its history."""

import re

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def takes_in_hand(visitor, text):
    """By keyboard: the message is focused, and its letters act on it."""
    await visitor.is_sent(text)
    await visitor.article(text).focus()


async def test_a_pin_is_everybodys_at_once(ada, bob, hangar):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await bob.writes("The key is under the mat")
    await ada.sees("The key is under the mat")
    await takes_in_hand(ada, "The key is under the mat")
    await ada.page.keyboard.press("p")
    await expect(bob.article("The key is under the mat")).to_contain_text("Pinned by Ada Flyer")
    await bob.page.get_by_title("Pinned messages").click()
    pinned = bob.page.get_by_role("dialog", name="Pinned")
    await expect(pinned.get_by_role("listitem")).to_have_count(1)
    await pinned.get_by_role("button", name="Unpin").click()
    await expect(ada.article("The key is under the mat")).not_to_contain_text("Pinned")
    await expect(ada.page.get_by_title("Pinned messages")).to_be_hidden()


async def test_a_pin_made_without_a_line_is_made_once_it_is_back(ada, bob, hangar):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await bob.writes("Pin me")
    await takes_in_hand(ada, "Pin me")
    await ada.context.set_offline(True)
    await ada.status_begins("Offline")
    await ada.page.keyboard.press("p")
    await ada.context.set_offline(False)
    await expect(bob.article("Pin me")).to_contain_text("Pinned by Ada Flyer", timeout=15_000)


async def test_marked_unread_without_a_line_it_is_so_once_the_line_is_back(ada, bob, hangar):
    await bob.opens(hangar.page)
    await bob.writes("Answer me on Monday")
    await ada.opens(hangar.page)
    hub = await ada.tab("/messaging/")
    badge = hub.page.locator(f'unread-badge[data-conversation="{hangar.conversation_id}"]').first
    await ada.page.bring_to_front()
    await expect(badge).to_be_hidden()
    await takes_in_hand(ada, "Answer me on Monday")
    await ada.context.set_offline(True)
    await ada.status_begins("Offline")
    await ada.page.keyboard.press("u")
    await ada.context.set_offline(False)
    await expect(badge).to_have_text("1 unread", timeout=15_000)


async def test_marked_unread_without_a_line_it_is_so_though_the_page_is_closed(ada, bob, hangar):
    await bob.opens(hangar.page)
    await bob.writes("Answer me on Tuesday")
    hub = await ada.tab("/messaging/")
    room = await ada.tab(hangar.page)
    badge = hub.page.locator(f'unread-badge[data-conversation="{hangar.conversation_id}"]').first
    await expect(badge).to_be_hidden()
    await takes_in_hand(room, "Answer me on Tuesday")
    await ada.context.set_offline(True)
    await room.status_begins("Offline")
    await room.page.keyboard.press("u")
    await room.page.close()
    await ada.context.set_offline(False)
    await expect(badge).to_have_text("1 unread", timeout=15_000)


async def test_with_what_is_deleted_little_can_be_done(ada, hangar):
    await ada.opens(hangar.page)
    await ada.writes("A slip of the pen")
    await takes_in_hand(ada, "A slip of the pen")
    bar = ada.page.get_by_role("toolbar", name="Message actions")
    await expect(bar.get_by_role("button", name="Edit")).to_be_visible()
    await ada.page.keyboard.press("Delete")
    await ada.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(ada.article("Message deleted")).to_be_focused()
    await expect(bar.get_by_role("button")).to_have_count(1)
    await ada.page.keyboard.press("Enter")
    await expect(bar.get_by_role("button", name="More")).to_be_focused()


async def test_a_reaction_is_seen_at_once_and_may_be_taken_back_without_a_line(ada, bob, hangar):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await ada.writes("Well?")
    await bob.is_sent("Well?")
    await ada.article("Well?").focus()
    await ada.page.keyboard.press("+")
    await ada.page.get_by_placeholder("Search emoji").press("Enter")
    mine, bobs = (one.article("Well?").locator(".reaction") for one in (ada, bob))
    await expect(bobs).to_have_attribute("aria-pressed", "false")
    await bob.context.set_offline(True)
    await bobs.click()
    await expect(bobs).to_have_text(re.compile(" 2$"))
    await bobs.click()
    await expect(bobs).to_have_text(re.compile(" 1$"))
    await bobs.click()
    await expect(bobs).to_have_attribute("aria-pressed", "true")
    await bob.context.set_offline(False)
    await expect(mine).to_have_text(re.compile(" 2$"))
    await expect(bobs).to_have_text(re.compile(" 2$"))


async def test_who_has_read_any_message_of_mine(ada, bob, hangar):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await ada.writes("First of two")
    await bob.sees("First of two")
    await expect(ada.page.get_by_role("button", name="Read by 1 of")).to_be_visible()
    await bob.opens("/messaging/", live=False)
    await ada.writes("Second of two")
    for text, has_read in (("First of two", True), ("Second of two", False)):
        await takes_in_hand(ada, text)
        await ada.page.keyboard.press("w")
        readers = ada.page.get_by_role("group", name="Who has read it")
        await expect(readers.get_by_text("Bob")).to_be_visible()
        await expect(readers.get_by_role("heading").first).to_have_text(
            "Read by" if has_read else "Not read, or not told"
        )
        await ada.page.keyboard.press("Escape")
        await expect(readers).to_have_count(0)
        await expect(ada.article(text)).to_be_focused()


async def test_saved_is_in_all_tabs_of_mine_and_done_in_all(ada, hangar):
    await ada.opens(hangar.page)
    await ada.writes("Read this tomorrow")
    other = await ada.tab("/messaging/saved/")
    await takes_in_hand(ada, "Read this tomorrow")
    await ada.page.keyboard.press("s")
    row = other.page.get_by_role("listitem").filter(has_text="Read this tomorrow")
    await expect(row).to_be_visible()
    await expect(ada.log.locator(".message[data-saved]")).to_have_count(1)
    await row.get_by_role("button", name="Done").click()
    await expect(row).to_have_count(0)
    await expect(ada.log.locator(".message[data-saved]")).to_have_count(0)


async def test_a_message_is_passed_on(ada, bob, hangar, scene):
    elsewhere = scene.room()
    await ada.opens(hangar.page), await bob.opens(elsewhere.page)
    await ada.writes("The plan of the wing")
    await takes_in_hand(ada, "The plan of the wing")
    await ada.page.keyboard.press("f")
    dialog = ada.page.get_by_role("dialog", name="Forward")
    await dialog.get_by_role("searchbox").fill(f"Hangar {scene.rooms}")
    await dialog.get_by_role("checkbox", name=f"Hangar {scene.rooms}", exact=True).check()
    await dialog.get_by_label("Say something about it").fill("Have a look")
    await dialog.get_by_role("button", name="Forward").click()
    await bob.sees("Have a look")
    await expect(bob.article("The plan of the wing")).to_contain_text("Forwarded from Ada Flyer")


async def test_what_it_said_before_can_be_read(ada, bob, hangar):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await ada.writes("Landing at noon")
    await takes_in_hand(ada, "Landing at noon")
    await ada.page.keyboard.press("e")
    await ada.page.get_by_role("textbox", name="Edit message").fill("Landing at five")
    await ada.page.keyboard.press("Enter")
    await bob.article("Landing at five").get_by_role("link", name="edited").click()
    history = bob.page.get_by_role("dialog", name="Edit history")
    await expect(history.locator("del")).to_have_text("noon")
    await expect(history.locator("ins")).to_have_text("five")


async def test_what_is_sent_later_waits_and_goes_when_told(ada, bob, hangar):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await ada.composer.fill("Good morning all")
    await ada.page.get_by_role("button", name="Send later").click()
    await ada.page.get_by_role("dialog", name="Send later").get_by_text("Tomorrow morning").click()
    await expect(ada.composer).to_have_value("")
    waiting = ada.page.get_by_role("link", name="1 scheduled")
    await expect(waiting).to_be_visible()
    await waiting.click()
    row = ada.page.get_by_role("listitem").filter(has_text="Good morning all")
    await row.get_by_role("button", name="Send now").click()
    await bob.sees("Good morning all")
    await expect(row).to_have_count(0)


async def test_a_time_is_changed_by_the_clock_that_the_list_shows(signs_in, hangar, scene):
    """That of the browser, wherever the person says that they live."""
    ada = await signs_in("ada", timezone_id="Pacific/Kiritimati")
    scene.stage.ask("live_in", user_id=scene.ids["ada"], zone="America/Lima")
    try:
        await ada.opens(hangar.page)
        await ada.composer.fill("Good morning to the islands")
        await ada.page.get_by_role("button", name="Send later").click()
        await ada.page.get_by_role("dialog", name="Send later").get_by_text("Tomorrow morning").click()
        await expect(ada.composer).to_have_value("")
        await ada.opens("/messaging/scheduled/")
        row = ada.page.get_by_role("listitem").filter(has_text="Good morning to the islands")
        await row.get_by_text("Change").click()
        when = row.get_by_label("When")
        await expect(when).to_have_value(re.compile("T09:00$"))
        await when.fill((await when.input_value()).replace("T09:00", "T10:30"))
        await row.get_by_role("button", name="Save").click()
        await expect(row.locator("time")).to_contain_text("10:30")
    finally:
        scene.stage.ask("live_in", user_id=scene.ids["ada"], zone="")


async def test_the_menu_says_what_can_be_done_and_with_which_key(ada, hangar):
    await ada.opens(hangar.page)
    await ada.writes("What can I do")
    await takes_in_hand(ada, "What can I do")
    await ada.page.get_by_role("button", name="More", exact=True).click()
    menu = ada.page.get_by_role("menu")
    for words in ("Reply", "Edit", "Remind me", "Forward", "Copy text", "Delete"):
        await expect(menu.get_by_role("menuitem", name=re.compile(f"^{words}"))).to_be_visible()
    await ada.page.keyboard.press("Escape")
    await expect(menu).to_have_count(0)


async def test_a_page_that_is_older_than_the_server_is_said_to_be_loaded_anew(ada, hangar):
    missing = "**/timeline/message/menu.js*"
    await ada.context.route(missing, lambda route: route.fulfill(status=404))
    await ada.opens(hangar.page)
    await ada.writes("Said")
    await takes_in_hand(ada, "Said")
    await ada.page.locator("[data-action=more]").click()
    await expect(ada.page.locator(".toasts")).to_contain_text("load the page anew")
    await ada.context.unroute(missing)


async def test_what_a_long_press_brings_stays_when_the_finger_is_lifted(signs_in, hangar):
    ada = await signs_in("ada", has_touch=True, is_mobile=True, viewport={"width": 390, "height": 780})
    await ada.opens(hangar.page)
    await ada.writes("Press me")
    await ada.is_sent("Press me")
    sheet = ada.page.locator(".message-menu.sheet:popover-open")
    await presses_long(ada, "Press me", until=sheet)
    await expect(sheet).to_be_visible()
    await ada.page.touchscreen.tap(195, 20)
    await expect(sheet).to_have_count(0)
    await presses_long(ada, "Press me", until=sheet)
    await sheet.get_by_role("menuitem", name="Reply").tap()
    await expect(ada.page.locator(".composer-reply")).to_contain_text("Press me")


async def test_code_on_a_phone_lies_below_what_copies_it(signs_in, hangar, scene):
    ada = await signs_in("ada", has_touch=True, is_mobile=True, viewport={"width": 390, "height": 780})
    await ada.context.grant_permissions(["clipboard-read", "clipboard-write"])
    code = f"```python\n{LAND}\n```"
    scene.stage.ask("post", by=scene.ids["bob"], conversation_id=hangar.conversation_id, text=code)
    await ada.opens(hangar.page)
    copy = ada.page.get_by_role("button", name="Copy code")
    await expect(copy).to_be_visible()
    first_line = await ada.page.get_by_text("def").bounding_box()
    bar = await ada.page.locator(".code-bar").bounding_box()
    assert bar["y"] + bar["height"] <= first_line["y"]
    await copy.tap()
    assert await ada.page.evaluate("navigator.clipboard.readText()") == LAND + "\n"


async def test_without_https_what_is_said_to_be_copied_is_copied(ada, hangar):
    """Such a page has no clipboard."""
    await ada.context.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    await ada.opens(hangar.page)
    await ada.writes(f"Look:\n```python\n{LAND}\n```")
    await ada.is_sent("Look:")
    article, told = ada.article("Look:"), ada.page.locator(".toasts")
    await article.focus()
    await ada.page.keyboard.press("t")
    await expect(told).to_contain_text("Copied.")
    await expect(article).to_be_focused()
    assert LAND in await pastes(ada)
    more = article.get_by_role("button", name="More")
    await article.hover()
    await more.click()
    await ada.page.get_by_role("menuitem", name="Copy link").click()
    await expect(told).to_contain_text("Link copied.")
    await expect(more).to_be_focused()
    assert (await pastes(ada)).startswith(f"http://{ada.address}{hangar.page}?around=")
    await article.get_by_role("button", name="Copy code").press("Enter")
    assert await pastes(ada) == LAND + "\n"
    await ada.page.evaluate("document.execCommand = () => false")
    await article.focus()
    await ada.page.keyboard.press("t")
    await expect(told).to_contain_text("It could not be copied.")


async def pastes(visitor):
    """What they have copied; an empty field is left behind."""
    await visitor.composer.focus()
    await visitor.page.keyboard.press("Control+v")
    await expect(visitor.composer).not_to_have_value("")
    pasted = await visitor.composer.input_value()
    await visitor.composer.fill("")
    return pasted


LAND = "def land(ship):\n    return ship.engine.off()"


async def presses_long(visitor, text, until):
    """A finger rests on a message until that is seen, and is lifted."""
    box = await visitor.article(text).bounding_box()
    finger = await visitor.context.new_cdp_session(visitor.page)
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    await finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    await expect(until).to_be_visible()
    await finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


async def test_a_card_made_of_it_is_shown_as_it_is_now_and_moved_from_there(ada, bob, scene):
    await scene_with_a_board_of_its_own(scene, ada, bob)
    await bob.writes("The rudder sticks")
    await takes_in_hand(ada, "The rudder sticks")
    await ada.page.keyboard.press("d")
    making = ada.page.get_by_role("dialog", name="Make a card")
    await expect(making.get_by_label("Title")).to_have_value("The rudder sticks")
    await making.get_by_label("It is mine").check()
    await making.get_by_role("button", name="Make the card").click()
    chips = [visitor.article("The rudder sticks").locator("task-chip") for visitor in (ada, bob)]
    for chip in chips:
        await expect(chip.get_by_role("button", name="The rudder sticks: To do")).to_be_visible()
        await expect(chip.get_by_title("Ada Flyer")).to_be_visible()
    await chips[1].get_by_role("button", name="The rudder sticks: To do").click()
    await bob.page.get_by_role("menuitem", name="Move to Done").click()
    for chip in chips:
        await expect(chip.get_by_role("button", name="The rudder sticks: Done")).to_be_visible()
    place = chips[0].get_by_role("button")
    await place.focus()
    await chips[1].get_by_role("button").click()
    await bob.page.get_by_role("menuitem", name="Move to Doing").click()
    await expect(place).to_have_accessible_name("The rudder sticks: Doing")
    await expect(place).to_be_focused()
    await ada.composer.focus()
    assert (
        await chips[0]
        .locator("a, button")
        .evaluate_all("all => all.every(({ tabIndex }) => tabIndex === -1)")
    )
    await chips[0].get_by_role("link").click()
    await expect(ada.page.get_by_role("link", name="Bob Wrench in")).to_contain_text("The rudder sticks")


async def scene_with_a_board_of_its_own(scene, *visitors):
    ids = scene.ids
    board = scene.stage.ask("make_board", by=ids["ada"], name="Tail")
    scene.stage.ask("add_to_board", by=ids["ada"], board_id=board, user_id=ids["bob"])
    room = scene.stage.ask("make_room", by=ids["ada"], board_id=board, name="Tail talk")
    for visitor in visitors:
        await visitor.opens(f"/messaging/room/{room}/")
