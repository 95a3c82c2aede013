"""Changing what was said: the same names, marks and keys as when it was written."""

import re

import pytest
from playwright.async_api import expect

from .test_reading import photograph
from .test_visits import goes, is_same_document, stays
from .test_with_a_message import pastes

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def begins_to_edit(visitor):
    """Their last message, by keyboard; the field they write in."""
    await visitor.composer.press("ArrowUp")
    return await edits(visitor)


async def edits(visitor):
    field = visitor.page.get_by_role("textbox", name="Edit message")
    await expect(field).to_be_focused()
    return field


async def test_an_edit_is_written_as_a_new_message_is(ada, hangar):
    await ada.opens(hangar.page)
    await ada.writes("Ask")
    await ada.is_sent("Ask")
    await ada.composer.press("ArrowUp")
    field = ada.page.get_by_role("textbox", name="Edit message")
    await field.press_sequentially(" @bo")
    option = ada.page.get_by_role("option", name="Bob Wrench @bob")
    await expect(option).to_be_in_viewport()
    await ada.page.keyboard.press("Escape")  # leaves the list, not the edit
    await expect(option).to_have_count(0)
    await field.press_sequentially("b")
    await expect(option).to_be_visible()
    await ada.page.keyboard.press("Tab")
    await field.press("Shift+Home")
    await ada.page.keyboard.press("Control+b")
    await expect(field).to_have_value("**Ask @bob** ")
    await ada.page.keyboard.press("Enter")
    await expect(ada.article("Ask @bob").locator("strong")).to_have_text("Ask @bob")


async def test_enter_on_a_phone_breaks_the_line_of_an_edit(signs_in, hangar):
    ada = await signs_in("ada", has_touch=True, is_mobile=True, viewport={"width": 390, "height": 780})
    await ada.opens(hangar.page)
    await ada.writes("one")
    await ada.is_sent("one")
    await ada.article("one").focus()
    await ada.page.keyboard.press("e")
    field = ada.page.get_by_role("textbox", name="Edit message")
    await field.press("Enter")
    await field.press_sequentially("two")
    await ada.page.get_by_role("button", name="Save", exact=True).tap()
    await expect(ada.article("one").locator(".message-body")).to_have_text(re.compile(r"^\s*one\s+two\s*$"))


async def test_whoever_leaves_no_words_is_asked_whether_the_message_should_go(ada, bob, hangar):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await ada.writes("On second thoughts")
    await bob.sees("On second thoughts")
    question = ada.page.get_by_role("dialog", name="Delete this message?")
    field = await begins_to_edit(ada)
    await field.fill("  ")
    await ada.page.keyboard.down("Enter")
    await expect(question).to_be_visible()
    await ada.page.keyboard.down("Enter")  # still held: no answer
    await ada.page.keyboard.up("Enter")
    await expect(question).to_be_visible()
    await question.get_by_role("button", name="Cancel").click()
    await expect(question).to_have_count(0)
    await expect(field).to_be_focused()
    await expect(ada.log.get_by_text("On second thoughts")).to_be_hidden()
    await ada.page.keyboard.press("Escape")
    await expect(ada.log.get_by_text("On second thoughts")).to_be_visible()
    field = await begins_to_edit(ada)
    await field.fill("")
    await ada.page.get_by_role("button", name="Save", exact=True).click()
    await question.get_by_role("button", name="Delete").click()
    await expect(bob.article("Message deleted")).to_be_visible()
    await expect(ada.composer).to_be_focused()


async def test_where_one_was_before_an_edit_one_is_after_it(ada, hangar):
    await ada.opens(hangar.page)
    await ada.writes("My words")
    await ada.is_sent("My words")
    for key, text in (("Enter", "My own words"), ("Escape", "Nothing of it")):
        await (await begins_to_edit(ada)).fill(text)
        await ada.page.keyboard.press(key)
        await expect(ada.composer).to_be_focused()
        await expect(ada.article("My own words").get_by_role("link", name="edited")).to_be_visible()
    await ada.article("My own words").focus()
    await ada.page.keyboard.press("e")
    await edits(ada)
    await ada.page.keyboard.press("Escape")
    await expect(ada.article("My own words")).to_be_focused()


async def test_the_words_about_a_picture_go_and_the_picture_stays(ada, bob, hangar):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await ada.page.locator("input[type=file]").set_input_files([photograph("red")])
    await expect(ada.page.get_by_role("button", name="Take red.jpg away")).to_be_visible()
    await ada.writes("Much too loud")
    await bob.sees("Much too loud")
    await (await begins_to_edit(ada)).fill("")
    await ada.page.keyboard.press("Enter")
    await expect(bob.article("Much too loud")).to_have_count(0)
    await expect(bob.log.get_by_role("img", name="red.jpg")).to_be_visible()
    await expect(bob.log.get_by_role("link", name="edited")).to_be_visible()


async def test_a_wording_that_was_begun_is_there_when_one_comes_back(ada, hangar, scene):
    tower = scene.room()
    await ada.opens(hangar.page)
    await ada.writes("Half")
    await ada.is_sent("Half")
    await stays(ada)
    await (await begins_to_edit(ada)).fill("Half a thought")
    await goes(ada, tower)
    await goes(ada, hangar)
    await ada.sees("Half")
    await expect(await begins_to_edit(ada)).to_have_value("Half a thought")
    await ada.page.keyboard.press("Escape")
    await expect(await begins_to_edit(ada)).to_have_value("Half")


async def test_what_was_begun_on_a_card_is_there_when_one_comes_back(ada, hangar, propeller):
    await ada.opens(propeller.page)
    words, field = "Two blades.\nOne is bent.", ada.page.get_by_role("textbox", name="Description")
    await stays(ada)
    await field.fill(words)
    await goes(ada, hangar)
    await ada.page.go_back()
    await expect(field).to_have_value(words)
    assert await is_same_document(ada)
    async with ada.page.expect_navigation():
        await ada.page.get_by_role("button", name="Save", exact=True).click()
    await stays(ada)
    await expect(field).to_have_value(words)
    assert await ada.page.evaluate("Object.keys(sessionStorage).filter((key) => key.includes('card'))") == []


async def test_a_wording_that_was_refused_is_not_lost_when_it_is_tried_again(ada, hangar):
    await ada.opens(hangar.page)
    await ada.writes("Short")
    await ada.is_sent("Short")
    wording = " ".join(["far too long"] * 700)
    await (await begins_to_edit(ada)).fill(wording)
    await ada.page.keyboard.press("Enter")
    refused = ada.log.locator(".message[data-state=failed]")
    for _ in range(2):
        await refused.locator("[data-action=edit-failed]").click()
        await edits(ada)
        await ada.page.keyboard.press("Enter")
        await expect(refused).to_contain_text("8000 characters at most")
    await refused.locator("[data-action=edit-failed]").click()
    await edits(ada)
    await ada.opens(hangar.page)
    await expect(refused).to_have_count(0)
    await expect(await begins_to_edit(ada)).to_have_value(wording)


async def test_what_cannot_be_written_any_more_stays_until_it_can(ada, bob, hangar):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await expect(bob.page.locator(":root[data-whole]")).to_have_count(1)
    await bob.context.set_offline(True)
    await bob.status_begins("Offline")
    await bob.writes("Too late")
    settings = ada.page.get_by_role("heading", name="Room settings")
    await settings.click()
    await ada.page.get_by_role("button", name="Archive", exact=True).click()
    await expect(ada.page.get_by_text("This conversation is archived")).to_be_visible()
    await bob.context.set_offline(False)
    await expect(bob.page.get_by_text("This conversation is archived")).to_be_visible(timeout=15_000)
    refused = bob.log.locator(".message[data-state=failed]")
    await refused.locator("[data-action=edit-failed]").click()
    question = bob.page.get_by_role("dialog", name="Nothing can be written here any more")
    await question.get_by_role("button", name="Copy it").click()
    await expect(bob.page.locator(".toasts")).to_contain_text("Copied.")
    await expect(refused).to_contain_text("Too late")
    await settings.click()
    await ada.page.get_by_role("button", name="Open again", exact=True).click()
    assert await pastes(bob) == "Too late"
    await refused.locator("[data-action=edit-failed]").click()
    await expect(bob.composer).to_have_value("Too late")
    await expect(refused).to_have_count(0)


async def test_other_words_for_what_was_deleted_meanwhile_stay(ada, bob, hangar):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await bob.writes("Rude")
    await ada.is_sent("Rude")
    await (await begins_to_edit(bob)).fill("Polite")
    await ada.article("Rude").focus()
    await ada.page.keyboard.press("Delete")
    await ada.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(bob.article("Rude")).to_have_count(0)
    await bob.page.get_by_role("button", name="Save", exact=True).click()
    deleted = bob.article("Message deleted")
    await expect(deleted).to_contain_text("Change not saved: This message was deleted.")
    await expect(deleted.locator("[data-action=retry]")).to_have_count(0)
    await deleted.locator("[data-action=edit-failed]").click()
    await (
        bob.page.get_by_role("dialog", name="This message was deleted")
        .get_by_role("button", name="Copy it")
        .click()
    )
    await expect(bob.page.locator(".toasts")).to_contain_text("Copied.")
    assert await pastes(bob) == "Polite"
    await deleted.locator("[data-action=discard]").click()
    await expect(deleted).not_to_contain_text("Change not saved")
