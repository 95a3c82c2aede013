"""By the keyboard alone: a conversation opens with the focus where one writes, and all of it is reached from there."""

import asyncio
import re

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.asyncio(loop_scope="session")
MAC = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Safari/605.1.15"
)
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}


def bob_says(scene, room, text):
    return scene.stage.ask("post", by=scene.ids["bob"], conversation_id=room.conversation_id, text=text)


async def test_a_room_is_opened_to_write_in(ada, hangar):
    await ada.opens(hangar.page, live=False)
    await ada.page.keyboard.type("No news? See you")  # each a shortcut anywhere else
    await expect(ada.composer).to_have_value("No news? See you")
    await ada.status_begins("Connected")
    await ada.page.reload()
    await expect(ada.composer).to_be_focused()
    await expect(ada.composer).to_have_value("No news? See you")


async def test_what_is_typed_before_the_script_is_there_is_kept_after_the_draft(ada, hangar):
    await ada.opens(hangar.page)
    await ada.composer.fill("Begun")
    release = asyncio.Event()

    async def hold(route):
        await release.wait()
        await route.continue_()

    await ada.page.route("**/static/js/app.js*", hold)
    await ada.page.reload(wait_until="commit")
    await expect(ada.composer).to_be_focused()
    await ada.page.keyboard.type("and early")
    release.set()
    await expect(ada.composer).to_have_value("Begun\nand early")
    await ada.status_begins("Connected")


async def test_a_draft_from_elsewhere_is_shown_in_a_field_nobody_has_written_in(signs_in, ada, hangar):
    await ada.opens(hangar.page)
    await expect(ada.composer).to_be_focused()
    phone = await signs_in("ada", **PHONE)
    await phone.opens(hangar.page)
    await phone.composer.fill("On the train")
    await expect(ada.composer).to_have_value("On the train")
    await expect(ada.composer).to_be_focused()


async def test_a_phone_does_not_bring_up_its_keys(signs_in, hangar):
    phone = await signs_in("ada", **PHONE)
    await phone.opens(hangar.page)
    await expect(phone.page.locator(":root[data-whole]")).to_have_count(1)
    await expect(phone.composer).not_to_be_focused()


async def test_a_link_to_a_message_leads_there_and_not_to_the_composer(ada, hangar, scene):
    said = bob_says(scene, hangar, "Look at this")
    await ada.opens(f"{hangar.page}#message-{said}")
    await expect(ada.page.locator(":root[data-whole]")).to_have_count(1)
    await expect(ada.composer).not_to_be_focused()


async def test_escape_goes_to_the_messages_and_back(ada, hangar, scene):
    for text in ("One", "Two"):
        bob_says(scene, hangar, text)
    await ada.opens(hangar.page)
    await ada.page.keyboard.type("Half a")
    await ada.page.keyboard.press("Escape")
    await expect(ada.article("Two")).to_be_focused()
    await ada.page.keyboard.press("ArrowUp")
    await expect(ada.article("One")).to_be_focused()
    await ada.page.keyboard.press("Escape")
    await expect(ada.composer).to_be_focused()
    await ada.page.keyboard.type(" word")
    await expect(ada.composer).to_have_value("Half a word")


async def test_one_message_is_a_stop_and_what_is_in_it_while_it_has_the_focus(ada, hangar, scene):
    for text in ("See https://example.org/1", "And https://example.org/2\n\n```\ncode\n```", "Three"):
        said = bob_says(scene, hangar, text)
    scene.stage.ask(
        "react", by=scene.ids["bob"], conversation_id=hangar.conversation_id, message_id=said, emoji="👍"
    )
    await ada.opens(hangar.page)
    await expect(ada.article("And").get_by_role("button", name="Copy code")).to_have_count(1)
    press, last = ada.page.keyboard.press, ada.article("Three")
    await press("Escape")
    await press("End")
    await expect(last).to_be_focused()
    assert await _stops(ada) == ["Three", "👍 1: Bob Wrench", "React"]
    await press("Tab")
    await expect(last.get_by_role("button", name="👍")).to_be_focused()
    await press("Enter")
    await expect(last.get_by_role("button", name="👍 2")).to_be_focused()
    await press("Tab")
    await expect(last.get_by_role("button", name="React", exact=True)).to_be_focused()
    await press("ArrowRight")
    await expect(last.get_by_role("button", name="Reply")).to_be_focused()
    await press("Shift+Tab")
    await expect(last.get_by_role("button", name="👍 2")).to_be_focused()
    await press("Escape")
    await press("ArrowUp")
    await expect(ada.article("And")).to_be_focused()
    assert await _stops(ada) == ["And", "https://example.org/2", "code", "Copy code", "React"]
    await press("Escape")
    await expect(ada.composer).to_be_focused()
    assert await _stops(ada) == ["And"]


async def test_a_page_of_messages_at_a_time(ada, hangar, scene):
    for number in range(40):
        bob_says(scene, hangar, f"Number {number:02}")
    bob_says(scene, hangar, "\n".join(f"Line {number}" for number in range(39)))
    await ada.opens(hangar.page)
    await ada.page.set_viewport_size({"width": 1280, "height": 600})
    focused = ada.log.locator("article:focus")
    await ada.article("Line 0").evaluate(
        """(one) => { one.focus({ preventScroll: true }); one.scrollIntoView({ block: "end" }); }"""
    )
    await ada.page.keyboard.press("PageUp")
    await expect(focused).to_contain_text("Line 0")  # of which the beginning was not to be seen
    await ada.article("Number 39").focus()
    await ada.page.keyboard.press("PageUp")
    await expect(focused).to_contain_text(re.compile("Number [12]"))
    await ada.page.keyboard.press("PageDown")
    await expect(focused).to_contain_text("Number 39")


async def _stops(visitor):
    """The beginnings of what Tab comes to in the messages, in its order."""
    return await visitor.log.evaluate(
        """(log) => [...log.querySelectorAll("[tabindex='0'], a, button")]
            .filter((one) => one.tabIndex === 0 && one.checkVisibility())
            .map((one) => one.matches("article") ? one.querySelector(".message-body").textContent.split(" ")[0]
                : (one.ariaLabel ?? one.textContent).trim())"""
    )


COMPOSING = """(field, key) => field.dispatchEvent(
    new KeyboardEvent("keydown", { key, isComposing: true, bubbles: true, cancelable: true }))"""


async def test_keys_for_a_word_that_is_being_put_together_do_nothing_else(ada, propeller, scene):
    await ada.opens(propeller.page)
    await ada.page.get_by_role("textbox", name="Add an item").fill("Oil")
    await ada.page.keyboard.press("Enter")
    words = ada.page.get_by_role("textbox", name="Words of Oil")
    await words.fill("Oil it")
    for key in ("Escape", "Enter"):
        assert await words.evaluate(COMPOSING, key), key  # it is left to who puts words together
    await expect(words).to_have_value("Oil it")
    await words.press("Escape")
    await expect(words).to_have_value("Oil")
    await ada.page.get_by_role("button", name="Emoji").click()
    search = ada.page.get_by_role("searchbox", name="Search emoji")
    await search.fill("heart")
    assert await search.evaluate(COMPOSING, "Enter")
    await expect(search).to_be_visible()
    await ada.opens(f"/boards/{scene.board}/")
    await ada.page.get_by_role("button", name="Rename Check the propeller blades").first.press("Enter")
    title = ada.page.get_by_role("textbox", name="Title", exact=True)
    await title.fill("Half")
    await title.evaluate(COMPOSING, "Escape")
    await expect(title).to_have_value("Half")


async def test_who_wants_no_single_keys_has_none(ada, hangar, scene):
    await ada.opens(f"/boards/{scene.board}/")
    await ada.page.locator("main").focus()
    await ada.page.keyboard.press("?")
    sheet = ada.page.get_by_role("dialog", name="Keys")
    choice = sheet.get_by_role("checkbox", name="A letter alone does something")
    await expect(choice).to_be_checked()
    await choice.press("Space")
    await ada.page.keyboard.press("Escape")
    for key in ("?", "/", "g", "b"):
        await ada.page.keyboard.press(key)
    await expect(ada.page.get_by_role("dialog")).to_have_count(0)
    await expect(ada.page.locator("[data-filter][open]")).to_have_count(0)
    await ada.page.keyboard.press("Control+/")
    await expect(choice).not_to_be_checked()
    await choice.press("Space")
    await ada.page.keyboard.press("Escape")
    await ada.page.keyboard.press("/")
    await expect(ada.page.locator("[data-filter][open]")).to_have_count(1)


async def test_what_is_said_aloud_is_what_was_said(ada, hangar, scene):
    """Not who reacts to it, nor how old by now is what was passed on."""
    said = bob_says(scene, hangar, "Passed on")
    where = {"by": scene.ids["bob"], "conversation_id": hangar.conversation_id}
    scene.stage.ask("react", **where, message_id=said, emoji="👍")
    await ada.opens(hangar.page)
    await ada.article("Passed on").press("f")
    forward = ada.page.get_by_role("dialog", name="Forward")
    await forward.get_by_role("checkbox", name=f"Hangar {scene.rooms}", exact=True).check()
    await forward.get_by_role("button", name="Forward").click()
    await expect(ada.log.locator(".message-forwarded")).to_have_count(1)
    for part in (".reactions", ".message-forwarded local-time"):
        await expect(ada.log.locator(part).first).to_have_attribute("aria-live", "off")


async def test_on_a_mac_shortcuts_are_held_with_the_command_key(signs_in, hangar):
    """There Ctrl+B goes a letter back and Ctrl+K deletes to the end of the line, in every field."""
    ada = await signs_in("ada", user_agent=MAC)
    await ada.opens(hangar.page)
    await expect(ada.page.locator(":root[data-whole]")).to_have_count(1)
    await ada.composer.fill("word")
    await ada.composer.select_text()
    for key in ("b", "i", "e", "k", "f", "/"):
        await ada.page.keyboard.press(f"Control+{key}")
        await ada.composer.select_text()
    await ada.page.keyboard.press("Meta+b")
    await expect(ada.composer).to_have_value("**word**")
    await expect(ada.page.get_by_role("dialog")).to_have_count(0)
    await ada.page.keyboard.press("Meta+/")
    await expect(ada.page.get_by_role("dialog", name="Keys")).to_contain_text("⌘ K")
    await expect(ada.page.get_by_role("dialog", name="Keys")).not_to_contain_text("Ctrl")
    await ada.page.keyboard.press("Escape")
    await ada.composer.fill("")
    await ada.page.keyboard.press("Meta+k")
    await expect(ada.page.get_by_role("dialog")).to_have_count(1)


async def test_on_a_mac_keys_are_called_what_is_written_on_them(signs_in, hangar):
    ada = await signs_in("ada", user_agent=MAC)
    await ada.opens(hangar.page)
    await expect(ada.page.get_by_role("button", name="Find or go to")).to_contain_text("⌘K")
    await ada.page.get_by_role("button", name="Formatting").click()
    bold = ada.page.get_by_role("toolbar", name="Formatting").get_by_role("button", name="Bold")
    await expect(bold).to_have_attribute("title", "Bold (⌘B)")
    await ada.writes("To be deleted")
    await ada.is_sent("To be deleted")
    await ada.article("To be deleted").press("Backspace")
    await expect(ada.page.get_by_role("dialog")).to_contain_text("Delete")
