"""The board as a tool: filters, undo and checklists, where only a browser can tell."""

import asyncio

import pytest
from playwright.async_api import expect

from .test_board import all_is_saved, answered_late, board, makes, moves  # noqa: F401  a fixture

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_card_goes_where_it_is_dropped_among_those_that_a_filter_shows(ada, bob, board):  # noqa: F811
    for title in ("Oil", "Wing A", "Rope", "Wing B", "Tape"):
        await makes(ada, title, board[0])
        await bob.sees_card(title, board[0])
    await ada.page.locator(".main").focus()
    await ada.page.keyboard.press("/")
    await ada.page.keyboard.type("wing")
    await expect(ada.page.get_by_text("2 of 5 cards shown")).to_be_visible()
    await ada.page.reload()
    await expect(ada.page.get_by_text("2 of 5 cards shown")).to_be_visible()
    await makes(bob, "Wing C", board[0])
    await ada.sees_card("Wing C", board[0])
    await makes(bob, "Sail", board[0])
    await expect(ada.page.get_by_text("3 of 7 cards shown")).to_be_visible()
    await moves(ada, "Wing B", "ArrowUp")
    await all_is_saved(ada)
    await moves(ada, "Wing A", "ArrowDown")
    await all_is_saved(ada)
    expected = ["Oil", "Wing B", "Rope", "Tape", "Wing C", "Wing A", "Sail"]
    for visitor in (ada, bob):
        await expect(visitor.column(board[0]).locator(".card [data-title]")).to_have_text(expected)
    await ada.page.get_by_role("link", name="Show all").click()
    await ada.sees_card("Sail", board[0])
    assert "?" not in ada.page.url


async def test_what_i_did_is_undone_unless_somebody_changed_it_since(ada, bob, board):  # noqa: F811
    await makes(ada, "Boomerang", board[0])
    await moves(ada, "Boomerang", "ArrowRight")
    await moves(ada, "Boomerang", "ArrowRight")
    await bob.sees_card("Boomerang", board[2])
    for column in (board[1], board[0]):
        await ada.page.keyboard.press("Control+z")
        for visitor in (ada, bob):
            await visitor.sees_card("Boomerang", column)
    await moves(ada, "Boomerang", "ArrowRight")
    await bob.sees_card("Boomerang", board[1])
    await moves(bob, "Boomerang", "ArrowRight")
    await ada.sees_card("Boomerang", board[2])
    await ada.page.get_by_role("button", name="Undo").click()
    await expect(ada.page.get_by_text("Somebody has moved this card since")).to_be_visible()
    await ada.sees_card("Boomerang", board[2])
    await bob.card("Boomerang").hover()
    await bob.card("Boomerang").get_by_role("button", name="Archive Boomerang").click()
    await expect(ada.card("Boomerang")).to_have_count(0)
    await bob.page.get_by_role("button", name="Undo").click()
    await ada.sees_card("Boomerang", board[2])


async def test_a_checklist_is_the_same_for_both(ada, bob, board):  # noqa: F811
    await makes(ada, "Engine", board[0])
    await ada.sees_card("Engine", board[0])
    path = await ada.card("Engine").get_by_role("link").first.get_attribute("href")
    await bob.opens(path)
    await ada.opens(path)
    new = ada.page.get_by_role("textbox", name="Add an item")
    for text in ("Oil", "Spark"):
        await new.fill(text)
        await new.press("Enter")
        await expect(bob.page.get_by_role("checkbox", name=text)).to_be_visible()
    theirs = bob.page.get_by_role("textbox", name="Words of Oil")
    await theirs.fill("Oil it")
    await ada.page.get_by_role("checkbox", name="Spark").click()
    await expect(bob.page.get_by_role("checkbox", name="Spark")).to_be_checked()
    await expect(theirs).to_be_focused()
    await theirs.press("Enter")
    await expect(ada.page.get_by_role("checkbox", name="Oil it")).not_to_be_checked()
    await bob.page.keyboard.press("Alt+ArrowDown")
    await expect(ada.page.get_by_role("checkbox").and_(ada.page.locator("[data-key]"))).to_have_count(2)
    await expect(ada.page.locator("[data-items] textarea").first).to_have_value("Spark")
    await expect(bob.page.get_by_text("Oil it is number 2 of 2 now.")).to_be_attached()
    await expect(ada.page.locator("[data-heading]")).to_contain_text("1/2")


async def test_what_is_done_with_an_item_before_the_answer_comes_counts(ada, bob, board):  # noqa: F811
    await share_a_checklist(ada, bob, board)
    oil, theirs = (one.page.get_by_role("checkbox", name="Oil") for one in (ada, bob))
    await ada.page.route("**/checklist/", lambda route: route.abort())
    async with answered_late(ada, "**/checklist/*/edit/"):
        await oil.click()
        await expect(theirs).to_be_checked()
        await oil.click()
    await expect(theirs).not_to_be_checked()
    words = ada.page.get_by_role("textbox", name="Words of Oil")
    await words.fill("Oil it")
    async with answered_late(ada, "**/checklist/*/edit/"):
        await words.press("Enter")
        await expect(bob.page.get_by_role("checkbox", name="Oil it")).to_be_visible()
        await words.press_sequentially(" now")
    await ada.page.unroute_all(behavior="wait")
    await bob.page.get_by_role("checkbox", name="Oil it").click()
    await expect(ada.page.get_by_role("checkbox", name="Oil it")).to_be_checked(timeout=10_000)
    await expect(ada.page.get_by_role("textbox", name="Words of Oil it")).to_have_value("Oil it now")


async def test_a_checklist_is_asked_for_until_it_comes(ada, bob, board):  # noqa: F811
    await share_a_checklist(ada, bob, board)
    tries = asyncio.Semaphore(0)
    await ada.page.route(
        "**/checklist/", lambda route: (tries.release(), asyncio.ensure_future(route.abort()))
    )
    await bob.page.get_by_role("checkbox", name="Oil").click()
    await asyncio.wait_for(tries.acquire(), 5)
    await ada.page.unroute_all(behavior="wait")
    await expect(ada.page.get_by_role("checkbox", name="Oil")).to_be_checked(timeout=10_000)


async def test_items_typed_in_a_row_are_items_of_their_own(ada, bob, board):  # noqa: F811
    await share_a_checklist(ada, bob, board)
    await ada.page.get_by_role("textbox", name="Add an item").focus()
    async with answered_late(ada, "**/checklist/add/"):
        for text in ("Rope", "Tape"):
            await ada.page.keyboard.type(text)
            await ada.page.keyboard.press("Enter")
        await expect(ada.page.locator(".checklist-waiting")).to_have_count(2)
    for visitor in (ada, bob):
        words = visitor.page.locator("[data-items] textarea")
        await expect(words).to_have_count(3)
        assert [await one.input_value() for one in await words.all()] == ["Oil", "Rope", "Tape"]
    await expect(ada.page.locator(".checklist-waiting")).to_have_count(0)


async def test_no_list_is_drawn_over_ticks_that_wait(ada, bob, board):  # noqa: F811
    await share_a_checklist(ada, bob, board)
    oil, first = ada.page.get_by_role("checkbox", name="Oil"), asyncio.Event()
    rest = asyncio.Event()

    async def in_turn(route):
        if first.is_set():
            await rest.wait()
        first.set()
        await route.continue_()

    await ada.page.route("**/checklist/*/edit/", in_turn)
    await ada.page.locator("[data-items]").evaluate("list => { list.dataset.old = ''; }")
    await ada.page.evaluate("for (const _ of [1, 2]) document.querySelector('[data-tick] button').click()")
    await expect(bob.page.get_by_role("checkbox", name="Oil")).to_be_checked()
    await bob.page.get_by_role("textbox", name="Add an item").fill("Rope")
    await bob.page.keyboard.press("Enter")
    await expect(bob.page.get_by_role("checkbox", name="Rope")).to_be_visible()
    await expect(oil).not_to_be_checked()
    await expect(ada.page.locator("[data-items][data-old]")).to_have_count(1)
    rest.set()
    await expect(ada.page.get_by_role("checkbox", name="Rope")).to_be_visible()
    for visitor in (ada, bob):
        await expect(visitor.page.get_by_role("checkbox", name="Oil")).not_to_be_checked()


async def test_words_of_an_item_are_not_kept_before_their_time(ada, bob, board):  # noqa: F811
    await share_a_checklist(ada, bob, board)
    words = ada.page.get_by_role("textbox", name="Words of Oil")
    await words.fill("Oil it with")
    await bob.page.get_by_role("checkbox", name="Oil").click()
    await expect(ada.page.get_by_role("checkbox", name="Oil")).to_be_checked()
    await expect(words).to_be_focused()
    await expect(words).to_have_value("Oil it with")
    await words.press("Escape")
    await bob.page.get_by_role("checkbox", name="Oil", exact=True).click()
    await expect(ada.page.get_by_role("checkbox", name="Oil", exact=True)).not_to_be_checked()
    await expect(words).to_have_value("Oil")


async def test_without_a_network_a_tick_is_drawn_back_and_an_item_waits(ada, bob, board):  # noqa: F811
    await share_a_checklist(ada, bob, board)
    oil, new = (
        ada.page.get_by_role("checkbox", name="Oil"),
        ada.page.get_by_role("textbox", name="Add an item"),
    )
    await ada.context.set_offline(True)
    await oil.click()
    await expect(ada.page.get_by_text("You are offline, so this was not done.")).to_be_visible()
    await expect(oil).not_to_be_checked()
    await new.fill("Rope")
    await new.press("Enter")
    await expect(new).to_have_value("")
    await expect(ada.page.locator(".checklist-waiting")).to_contain_text("Rope")
    await ada.context.set_offline(False)
    for visitor in (bob, ada):
        await expect(visitor.page.get_by_role("checkbox", name="Rope")).to_be_visible(timeout=10_000)
    await expect(ada.page.locator(".checklist-waiting")).to_have_count(0)


async def test_a_card_is_the_same_beside_what_both_say_of_it(ada, bob, board):  # noqa: F811
    await share_a_checklist(ada, bob, board)
    title = ada.page.get_by_role("textbox", name="Title")
    await title.fill("Engine, left")
    await bob.page.get_by_role("textbox", name="Description").fill("Four strokes.")
    await bob.page.get_by_label("Due", exact=True).fill("2031-05-04")
    await presses(bob, "Save")
    await expect(ada.page.get_by_role("textbox", name="Description")).to_have_value("Four strokes.")
    await expect(ada.page.get_by_label("Due", exact=True)).to_have_value("2031-05-04")
    await expect(title).to_have_value("Engine, left")
    await expect(title).to_be_focused()
    await bob.page.locator("#task-column").select_option(label=board[1])
    await presses(bob, "Move")
    await expect(ada.page.locator("#task-column option:checked")).to_have_text(board[1])
    people = [ada.page.get_by_role("checkbox", name=name) for name in ("Ada Flyer", "Bob Wrench")]
    await bob.page.get_by_role("checkbox", name="Ada Flyer").check()
    await presses(bob, "Assign")
    await expect(people[0]).to_be_checked()
    await people[1].check()
    await bob.page.get_by_role("button", name="Archive card").click()
    await expect(ada.page.get_by_text("This card is archived.")).to_be_visible()
    await expect(ada.page.get_by_role("button", name="Put back on the board")).to_be_visible()
    await presses(ada, "Assign")
    for person in people:
        await expect(person).to_be_checked()
    await expect(title).to_have_value("Engine, left")


async def presses(visitor, name):
    async with visitor.page.expect_navigation():
        await visitor.page.get_by_role("button", name=name, exact=True).click()


async def share_a_checklist(ada, bob, board):  # noqa: F811
    await makes(ada, "Engine", board[0])
    await ada.sees_card("Engine", board[0])
    path = await ada.card("Engine").get_by_role("link").first.get_attribute("href")
    await bob.opens(path)
    await ada.opens(path)
    new = ada.page.get_by_role("textbox", name="Add an item")
    await new.fill("Oil")
    await new.press("Enter")
    for one in (ada, bob):
        await expect(one.page.get_by_role("checkbox", name="Oil")).to_be_visible()
