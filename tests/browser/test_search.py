"""Searching in a browser: as one types, by keyboard, and without a script."""

import re

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.asyncio(loop_scope="session")


def field(visitor):
    return visitor.page.get_by_label("Search messages, files and tasks")


def hits(visitor):
    return visitor.page.locator("a.hit")


async def test_a_search_that_cannot_be_reached_says_so_and_keeps_what_was_found(ada, bob, hangar):
    await bob.opens(hangar.page)
    await bob.writes("The tachometer sticks")
    await bob.is_sent("tachometer")
    await ada.opens("/messaging/search/")
    await field(ada).fill("tachometer")
    await expect(hits(ada)).to_have_count(1)
    await ada.context.set_offline(True)
    for words in ("tachometer s", "tachometer st"):
        await field(ada).fill(words)
        await expect(ada.page.locator(".search-away")).to_contain_text("could not be reached")
    await expect(hits(ada)).to_have_count(1)
    await ada.context.set_offline(False)
    await field(ada).fill("tachometer sticks")
    await expect(ada.page.locator(".search-away")).to_have_count(0)
    await expect(hits(ada)).to_have_count(1)


async def test_one_types_and_walks_to_what_was_said(ada, bob, hangar):
    await bob.opens(hangar.page)
    await bob.writes("The Gyroskóp wobbles")
    await bob.is_sent("wobbles")
    await ada.opens(hangar.page)
    await ada.page.get_by_role("main").focus()
    await ada.page.keyboard.press("/")
    await expect(field(ada)).to_be_focused()
    await ada.page.keyboard.type("gyrosk")
    await expect(hits(ada)).to_have_count(1)
    await expect(hits(ada).locator("mark")).to_have_text("Gyroskóp")
    await expect(ada.page).to_have_url(re.compile("q=gyrosk"))
    await ada.page.keyboard.press("ArrowDown")
    await expect(hits(ada)).to_be_focused()
    await ada.page.keyboard.press("Enter")
    await ada.sees("Gyroskóp wobbles")
    await expect(ada.page).to_have_url(re.compile(rf"{hangar.page}\?around="))
    await ada.page.go_back()
    await expect(field(ada)).to_have_value("gyrosk")
    await expect(hits(ada)).to_have_count(1)


async def test_operators_are_completed_and_narrow(ada, bob, hangar):
    await bob.opens(hangar.page), await ada.opens(hangar.page)
    await bob.writes("rudder from Bob"), await ada.writes("rudder from Ada")
    await bob.is_sent("from Bob"), await ada.is_sent("from Ada")
    await ada.page.keyboard.press("Control+f")
    await expect(field(ada)).to_have_value(re.compile(r'^in:"Airfield/Hangar \d+" $'))
    await field(ada).press_sequentially("rudder from:bo")
    option = ada.page.get_by_role("option", name=re.compile("from:bob"))
    await expect(option).to_be_visible()
    await ada.page.keyboard.press("Tab")
    await expect(field(ada)).to_have_value(re.compile("rudder from:bob $"))
    await expect(hits(ada)).to_have_count(1)
    await expect(hits(ada)).to_contain_text("rudder from Bob")
    await ada.page.get_by_role("link", name="From me").click()
    await expect(ada.page.get_by_role("heading", name="Nothing found")).to_be_visible()
    await field(ada).fill("has:wings")
    await expect(ada.page.get_by_role("alert")).to_contain_text("After has: write one of")


async def test_what_was_searched_is_remembered_on_the_device(ada, hangar):
    await ada.opens(hangar.page)
    await ada.writes("The altimeter is wrong")
    await ada.is_sent("altimeter")
    await ada.opens("/messaging/search/?q=altimeter")
    await expect(hits(ada)).to_have_count(1)
    await field(ada).press("Enter")
    await ada.opens("/messaging/search/")
    again = ada.page.locator("[data-recent]").get_by_role("link", name="altimeter")
    await again.click()
    await expect(hits(ada)).to_have_count(1)


async def test_without_javascript_it_is_a_form(signs_in, ada, hangar):
    await ada.opens(hangar.page)
    await ada.writes("Spare propeller in shed four")
    await ada.is_sent("shed four")
    vera = await signs_in("vera", java_script_enabled=False)
    await vera.opens("/messaging/search/", live=False)
    await field(vera).fill('"shed four"')
    await vera.page.get_by_role("button", name="Search", exact=True).click()
    await expect(hits(vera)).to_have_count(1)
    eve = await signs_in("eve", java_script_enabled=False)
    await eve.opens("/messaging/search/?q=shed+four", live=False)
    await expect(hits(eve)).to_have_count(0)


async def test_the_server_is_told_by_what_clock_the_browser_goes(signs_in, hangar):
    ada = await signs_in("ada", timezone_id="Pacific/Kiritimati")
    await ada.opens(hangar.page)
    await ada.page.wait_for_function("() => document.cookie.includes('zone=Pacific/Kiritimati')")
