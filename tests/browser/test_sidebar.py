"""The sidebar on two devices of one person, and the keys that lead anywhere."""

import re

import pytest
from playwright.async_api import expect

from .test_pages import violations

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def presses(visitor, *keys):
    """Once there is somebody to hear them."""
    await expect(visitor.page.locator(":root[data-whole]")).to_have_count(1)
    for key in keys:
        await visitor.page.keyboard.press(key)


async def asks_for(visitor, words):
    await presses(visitor, "Control+k")
    field = visitor.page.get_by_role("combobox", name="Find or go to")
    await expect(field).to_be_visible(timeout=20_000)  # its module may come last of all that is laid in
    await field.fill(words)
    return field


def place(visitor, conversation):
    return visitor.page.locator(f'.sidebar li[data-place="{conversation.conversation_id}"]')


def badge(visitor, conversation):
    return place(visitor, conversation).locator("unread-badge .count")


async def test_two_devices_of_one_person_are_one(signs_in, scene, hangar):
    desk, phone = await signs_in("ada"), await signs_in("ada")
    tower = scene.room()
    await desk.opens(tower.page), await phone.opens("/boards/", live=False)
    await asks_for(desk, "mark all")
    await presses(desk, "Enter")
    for device in (desk, phone):
        await expect(device.page.locator(".sidebar .sidebar-link[data-unread]")).to_have_count(0)
        await expect(device.page).not_to_have_title(re.compile(r"^\("))
    for words in ("One", "Two"):
        scene.stage.ask("post", by=scene.ids["bob"], conversation_id=hangar.conversation_id, text=words)
    for device in (desk, phone):
        await expect(badge(device, hangar)).to_have_text("2")
        await expect(device.page).to_have_title(re.compile(r"^\(2\) "))
    await presses(desk, "Escape", "Alt+Shift+ArrowDown")
    await desk.sees("Two")
    for device in (desk, phone):
        await expect(place(device, hangar).locator("unread-badge")).to_be_hidden()
        await expect(device.page).not_to_have_title(re.compile(r"^\("))
    await place(desk, hangar).hover()
    await place(desk, hangar).get_by_role("button").click()
    favourites = phone.page.locator('[data-section="favourites"]')
    await expect(favourites.locator(f'[data-place="{hangar.conversation_id}"]')).to_be_visible()
    await place(phone, tower).locator("a").focus()
    await presses(phone, "s", "Alt+Shift+ArrowUp")
    order = desk.page.locator('[data-section="favourites"] li')
    await expect(order).to_have_count(2)
    await expect(order.first).to_have_attribute("data-place", str(tower.conversation_id))
    for one in (hangar, tower):
        await place(phone, one).locator("a").focus()
        await presses(phone, "s")
    await expect(order).to_have_count(0)


async def test_a_board_one_is_put_on_is_there(signs_in, scene, web):
    scene.newcomer("nell", web.address)
    nell = await signs_in("nell")
    await nell.opens("/boards/", live=False)
    await expect(nell.page.locator(":root[data-whole]")).to_have_count(1)
    board = scene.stage.ask("make_board", by=scene.ids["ada"], name="Windtunnel")
    scene.stage.ask("add_to_board", by=scene.ids["ada"], board_id=board, user_id=scene.ids["nell"])
    section = nell.page.locator(f'[data-section="board-{board}"]')
    await expect(section.get_by_role("link", name="Windtunnel", exact=True)).to_be_visible()
    await expect(section.get_by_role("link", name="General")).to_be_visible()
    scene.stage.ask("remove_from_board", by=scene.ids["ada"], board_id=board, user_id=scene.ids["nell"])
    await expect(section).to_have_count(0)


async def test_a_few_letters_lead_anywhere(ada, hangar, scene):
    await ada.opens("/messaging/", live=False)
    name = f"Hangar {scene.rooms}"
    field = await asks_for(ada, name.lower().replace(" ", ""))
    chosen = ada.page.get_by_role("dialog").get_by_role("option", selected=True)
    await expect(chosen).to_contain_text(name)
    await expect(field).to_have_attribute("aria-activedescendant", await chosen.get_attribute("id"))
    assert await violations(ada.page) == []
    ada.complaints.clear()  # the policy of the page stops axe's own styles, and says so
    await presses(ada, "Enter")
    await expect(ada.page).to_have_url(re.compile(hangar.page))
    await expect(ada.composer).to_be_focused()
    await asks_for(ada, "vera look")
    await expect(ada.page.get_by_role("dialog").get_by_role("option", selected=True)).to_contain_text(
        "Vera Looks"
    )
    await presses(ada, "Escape")
    await expect(ada.page.get_by_role("dialog")).to_have_count(0)
    await expect(ada.composer).to_be_focused()


async def test_keys_lead_anywhere_but_not_while_one_writes(ada, hangar):
    await ada.opens(hangar.page)
    await ada.composer.focus()
    await presses(ada, "g", "b", "?")
    await expect(ada.composer).to_have_value("gb?")
    await ada.composer.fill("")
    await ada.page.locator("main").focus()
    await presses(ada, "?")
    sheet = ada.page.get_by_role("dialog", name="Keys")
    await expect(sheet).to_contain_text("To the next unread")
    for keys in ("Ctrl B Bold", "j k To the next row, and back", "u Mark it read, or unread"):
        await expect(
            sheet.locator("dl").filter(has_text=re.compile(keys.replace(" ", r"\s*")))
        ).to_have_count(1)
    assert await violations(ada.page) == []
    ada.complaints.clear()
    await presses(ada, "Escape", "g", "b")
    await expect(ada.page).to_have_url(re.compile("/boards/$"))
