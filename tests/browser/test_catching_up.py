"""Catching up in a browser: what waits is worked through by keyboard, on every screen at once."""

import re

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.asyncio(loop_scope="session")


def unread(visitor, name):
    rows = visitor.page.get_by_role("list", name="Unread", exact=True).get_by_role("listitem")
    return rows.filter(has_text=name)


async def test_what_waits_is_worked_through_by_keyboard(ada, bob, hangar, propeller):
    await bob.opens("/messaging/")
    await ada.opens(hangar.page)
    await ada.writes("The first word")
    await ada.is_sent("The first word")
    await expect(unread(bob, "The first word")).to_be_visible()  # by itself
    await ada.opens(propeller.page)
    await ada.writes("A bent blade")
    await ada.is_sent("A bent blade")
    await expect(unread(bob, "A bent blade")).to_be_visible()

    await unread(bob, "The first word").get_by_role("link").focus()
    await bob.page.keyboard.press("j")
    await expect(unread(bob, "A bent blade").get_by_role("link")).to_be_focused()
    await bob.page.keyboard.press("e")
    await expect(unread(bob, "A bent blade")).to_have_count(0)
    await bob.page.keyboard.press("u")
    await expect(unread(bob, "A bent blade")).to_be_visible()

    other = await bob.tab("/messaging/")
    await unread(bob, "The first word").get_by_role("link").focus()
    await bob.page.keyboard.press("e")
    await expect(unread(other, "The first word")).to_have_count(0)
    await unread(bob, "A bent blade").get_by_role("link").focus()
    await bob.page.keyboard.press("Enter")
    await bob.sees("A bent blade")


async def test_a_card_of_mine_that_moves_is_there_by_itself_and_goes_with_me(bob, scene):
    await bob.opens("/messaging/")
    ask, ada = scene.stage.ask, scene.ids["ada"]
    task = ask("make_task", by=ada, column_id=scene.columns[0], title="Polish the nose")
    who = {"by": ada, "task_id": task, "user_id": scene.ids["bob"]}
    ask("assign", **who)
    moved = bob.page.get_by_role("list", name="Cards of yours that moved").get_by_role("listitem")
    ask("move_task", by=ada, task_id=task, column_id=scene.columns[1])
    await expect(moved.filter(has_text="Polish the nose")).to_be_visible()
    ask("take_away", **who)
    await expect(moved.filter(has_text="Polish the nose")).to_have_count(0)


async def test_nothing_waits_says_so(ada, bob, hangar):
    await ada.opens(hangar.page)
    await ada.writes("Something")
    await ada.is_sent("Something")
    await bob.opens("/messaging/")
    await bob.page.get_by_role("button", name="Mark all read").click()
    await expect(bob.page.get_by_role("list", name="Unread", exact=True)).to_have_count(0)
    badge = bob.page.locator(f'.sidebar unread-badge[data-conversation="{hangar.conversation_id}"]')
    await expect(badge).to_be_hidden()


async def test_without_a_network_it_is_said_and_what_waits_stays(ada, bob, hangar):
    await ada.opens(hangar.page), await bob.opens("/messaging/")
    await ada.writes("Still to be read")
    await expect(unread(bob, "Still to be read")).to_be_visible()
    await bob.context.set_offline(True)
    await unread(bob, "Still to be read").get_by_role("button").click()
    await expect(bob.page.locator(".toasts")).to_contain_text("That could not be saved.")
    await expect(unread(bob, "Still to be read")).to_be_visible()
    await bob.context.set_offline(False)


async def test_without_javascript_each_is_a_form(signs_in, ada, hangar):
    await ada.opens(hangar.page)
    await ada.writes("Only a form")
    await ada.is_sent("Only a form")
    bob = await signs_in("bob", java_script_enabled=False)
    await bob.opens("/messaging/", live=False)
    await unread(bob, "Only a form").get_by_role("button", name=re.compile("Mark read")).click()
    await expect(unread(bob, "Only a form")).to_have_count(0)
