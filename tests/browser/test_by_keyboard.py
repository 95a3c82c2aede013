"""By the keyboard alone: a conversation opens with the focus where one writes, and all of it is reached from there."""

import asyncio

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.asyncio(loop_scope="session")
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
