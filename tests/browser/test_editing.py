"""Changing what was said: the same names, marks and keys as when it was written."""

import re

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.asyncio(loop_scope="session")


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
