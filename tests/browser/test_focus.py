"""What has the focus goes or is drawn anew, by oneself or by others: whoever had it there is not left without."""

import json

import pytest
from playwright.async_api import expect

from .test_board import board, makes  # noqa: F401  a fixture
from .test_pages_when_something_is_wrong import Line

pytestmark = pytest.mark.asyncio(loop_scope="session")
NARROW = {"viewport": {"width": 640, "height": 700}}  # a desk at 200 %: its panel lies over the page
IS_LOST = """() => {
    const { activeElement: holder, body } = document;
    return holder === body || !holder.checkVisibility();
}"""


async def has_lost_it(visitor):
    return await visitor.page.evaluate(IS_LOST)


def link_of(visitor, title):
    return visitor.card(title).get_by_role("link", name=title)


async def test_whose_card_goes_stands_on_its_neighbour(ada, bob, board):  # noqa: F811
    for title in ("One", "Two", "Three"):
        await makes(ada, title, board[0])
        await bob.sees_card(title, board[0])
    await link_of(ada, "Two").focus()
    await bob.card("Two").hover()
    await bob.card("Two").get_by_role("button", name="Archive Two").click()
    await expect(link_of(ada, "Three")).to_be_focused()
    await ada.card("Three").get_by_role("button", name="Archive Three").press("Enter")
    await expect(link_of(ada, "One")).to_be_focused()
    await ada.card("One").get_by_role("button", name="Archive One").press("Enter")
    await expect(ada.page.get_by_role("textbox", name=f"Add a card to {board[0]}")).to_be_focused()


async def test_a_column_that_is_moved_by_others_is_written_in_all_the_same(ada, bob, board):  # noqa: F811
    field = ada.page.get_by_role("textbox", name=f"Add a card to {board[0]}")
    await field.press_sequentially("Half a")
    id = await bob.page.locator("[data-column]").first.get_attribute("data-column")
    await bob.opens(bob.page.url.removeprefix(f"http://{bob.address}") + "settings/", live=False)
    await bob.page.get_by_role("button", name=f"Move {board[0]}").click()
    await expect(ada.page.locator("[data-columns] [data-column]").last).to_have_attribute("data-column", id)
    await ada.page.keyboard.type(" card")
    await expect(field).to_have_value("Half a card")


async def test_who_takes_a_column_away_goes_on_with_another(ada, board):  # noqa: F811
    more = ada.page.locator(".column-menu summary")
    await more.last.press("Enter")
    await ada.page.get_by_role("button", name="Remove column").last.press("Enter")
    await expect(more).to_have_count(len(board) - 1)
    await expect(more.last).to_be_focused()


async def test_a_board_that_is_drawn_anew_leaves_a_card_in_the_hand(ada, board):  # noqa: F811
    lines = []

    async def meets(line):
        line.connect_to_server()
        lines.append(line)

    await ada.context.route_web_socket("**/ws/boards/**", meets)
    await ada.page.reload()
    await ada.status_begins("Connected")
    for title in ("Stone", "Feather"):
        await makes(ada, title, board[0])
        await ada.sees_card(title, board[0])
    grip = ada.card("Feather").get_by_role("button", name="Move Feather")
    await expect(ada.page.get_by_text("Not saved yet")).to_have_count(0)
    await grip.press("Space")
    await ada.page.evaluate("document.querySelector('[data-columns]').dataset.old = ''")
    facts = json.loads(await ada.page.locator("#board").text_content())
    lines[-1].send(
        json.dumps(
            {"type": "reset", "why": "epoch", "epoch": facts["epoch"], "revision": facts["revision"] + 2}
        )
    )
    await expect(ada.page.locator("[data-columns]:not([data-old])")).to_have_count(1)
    await expect(grip).to_be_focused()
    await expect(grip).to_have_attribute("aria-pressed", "true")
    await ada.page.keyboard.press("ArrowUp")
    await ada.page.keyboard.press("Space")
    await expect(ada.column(board[0]).locator("[data-title]")).to_have_text(["Feather", "Stone"])


async def test_undone_by_its_button(ada, board):  # noqa: F811
    await makes(ada, "There and back", board[0])
    await ada.sees_card("There and back", board[0])
    await ada.card("There and back").get_by_role("button", name="Archive").press("Enter")
    await ada.page.get_by_role("button", name="Undo").press("Enter")
    await ada.sees_card("There and back", board[0])
    assert not await has_lost_it(ada)


async def test_what_is_offered_in_passing_waits_for_whoever_has_come_to_it(ada, board):  # noqa: F811
    await ada.context.clock.install()
    await ada.page.reload()
    await ada.status_begins("Connected")
    await makes(ada, "Take your time", board[0])
    await ada.sees_card("Take your time", board[0])
    await ada.card("Take your time").get_by_role("button", name="Archive").press("Enter")
    undo = ada.page.get_by_role("button", name="Undo")
    await undo.focus()
    await ada.context.clock.run_for(20_000)
    await expect(undo).to_be_focused()
    await ada.card("Take your time").or_(ada.page.locator("main")).first.focus()
    await ada.context.clock.run_for(7_000)
    await expect(undo).to_have_count(0)


async def test_who_discards_a_message_goes_on_with_the_one_before(ada, hangar, scene):
    line = Line()
    scene.stage.ask("post", by=scene.ids["bob"], conversation_id=hangar.conversation_id, text="Before it")
    await ada.context.route_web_socket("**/ws/chat-room/**", line.meets)
    await ada.opens(hangar.page)
    await ada.writes("Nobody wants this")
    await ada.article("Nobody wants this").get_by_role("button", name="Discard").press("Enter")
    await expect(ada.article("Before it")).to_be_focused()


async def test_who_calls_the_line_back_is_not_left_without(ada, hangar):
    line = Line()
    await ada.context.route_web_socket("**/ws/chat-room/**", line.meets)
    await ada.opens(hangar.page)
    await line.is_cut(1012)
    await ada.status_begins("Reconnecting")
    line.code = None
    await ada.page.get_by_role("button", name="Reconnect now").press("Enter")
    await ada.status_begins("Connected")
    assert not await has_lost_it(ada)


async def test_who_is_done_with_what_they_saved_goes_on_with_the_next(ada, hangar, scene):
    for text in ("Read me first", "Read me then"):
        id = scene.stage.ask("post", by=scene.ids["bob"], conversation_id=hangar.conversation_id, text=text)
        scene.stage.ask("save", by=scene.ids["ada"], message_id=id)
    await ada.opens("/messaging/saved/")
    rows = ada.page.locator(".kept-row")
    await rows.first.get_by_role("button", name="Done").press("Enter")
    await expect(ada.page.get_by_text("Read me then")).to_have_count(0)
    await expect(rows.first.get_by_role("link")).to_be_focused()


async def test_who_takes_a_pin_out_goes_on_in_the_list(ada, hangar):
    await ada.opens(hangar.page)
    for text in ("Pin one", "Pin two"):
        await ada.writes(text)
        await ada.is_sent(text)
        await ada.article(text).press("p")
        await expect(ada.article(text)).to_contain_text("Pinned")
    await ada.page.get_by_title("Pinned messages").press("Enter")
    pinned = ada.page.get_by_role("dialog", name="Pinned")
    await pinned.get_by_role("button", name="Unpin").first.press("Enter")
    await expect(pinned.get_by_role("listitem")).to_have_count(1)
    await expect(pinned.get_by_role("link")).to_be_focused()
    await pinned.get_by_role("button", name="Unpin").press("Enter")
    await expect(pinned.get_by_role("button", name="Close")).to_be_focused()


async def test_who_marks_all_read_is_not_left_without(ada, bob, hangar):
    await bob.opens("/messaging/")
    await ada.opens(hangar.page)
    await ada.writes("A word")
    await bob.page.get_by_role("button", name="Mark all read").press("Enter")
    await expect(bob.page.get_by_role("button", name="Mark all read")).to_have_count(0)
    assert not await has_lost_it(bob)


async def test_a_bundle_stays_open_while_others_speak(ada, bob, hangar, propeller):
    await ada.opens(hangar.page)
    for number in range(3):
        await ada.writes(f"@bob number {number}")
        await ada.is_sent(f"number {number}")
    await bob.opens("/messaging/")
    bundle = bob.page.locator("notification-rows details").first
    await bundle.locator("summary").press("Enter")
    row = bundle.get_by_role("link").nth(1)
    await row.focus()
    await ada.opens(propeller.page)
    await ada.writes("Something else")
    await expect(bob.page.get_by_role("list", name="Unread", exact=True)).to_contain_text("Something else")
    await expect(bundle).to_have_attribute("open", "")
    await expect(row).to_be_focused()


async def test_of_what_is_unread_the_next_takes_the_place_of_the_one_put_away(ada, bob, hangar, propeller):
    for place in (hangar, propeller):
        await ada.opens(place.page)
        await ada.writes("@bob look")
        await ada.is_sent("look")
    await bob.opens("/messaging/notifications/?only=unread")
    rows = bob.page.locator(".bundle")
    count = await rows.count()
    await rows.first.get_by_role("button").press("Enter")
    await expect(rows).to_have_count(count - 1)
    await expect(rows.first.locator(".row").first).to_be_focused()


async def test_escape_closes_one_thing_at_a_time(signs_in, propeller):
    ada = await signs_in("ada", **NARROW)
    await ada.opens(propeller.page)
    await ada.page.get_by_role("button", name="Task details").press("Enter")
    panel = ada.page.locator("#panel")
    await panel.get_by_role("textbox", name="Add an item").fill("Oil")
    await ada.page.keyboard.press("Enter")
    more = panel.get_by_label("More for Oil")
    await more.press("Enter")
    await expect(panel.get_by_role("button", name="Remove")).to_be_visible()
    await ada.page.keyboard.press("Escape")
    await expect(more).to_be_focused()
    await expect(panel).to_be_visible()
    await ada.page.keyboard.press("Escape")
    await expect(panel).to_be_hidden()


async def test_nobody_goes_on_below_the_panel_unseen(signs_in, propeller):
    ada = await signs_in("ada", **NARROW)
    await ada.opens(propeller.page)
    await ada.page.get_by_role("button", name="Task details").press("Enter")
    panel = ada.page.locator("#panel")
    await expect(panel).to_be_focused()
    await ada.page.keyboard.press("Shift+Tab")
    await expect(panel).to_be_hidden()
    assert not await has_lost_it(ada)


async def test_what_is_asked_for_twice_opens_once(ada, hangar):
    await ada.opens(hangar.page)
    await ada.writes("Pass it on")
    await ada.is_sent("Pass it on")
    await ada.article("Pass it on").focus()
    await ada.page.evaluate(
        """() => { for (let time = 0; time < 2; time += 1)
            document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "f", bubbles: true })) }"""
    )
    await expect(ada.page.get_by_role("dialog", name="Forward").first).to_be_visible()
    await ada.page.wait_for_load_state("networkidle")
    await ada.page.keyboard.press("Escape")
    await expect(ada.page.get_by_role("dialog")).to_have_count(0)
    await expect(ada.article("Pass it on")).to_be_focused()


async def test_tab_leaves_a_menu_closed(ada, hangar):
    await ada.opens(hangar.page)
    await ada.writes("Here is the menu")
    await ada.is_sent("Here is the menu")
    more = ada.article("Here is the menu").get_by_role("button", name="More")
    await ada.article("Here is the menu").focus()
    await more.press("Enter")
    await expect(ada.page.get_by_role("menu")).to_be_visible()
    await ada.page.keyboard.press("Tab")
    await expect(ada.page.get_by_role("menu")).to_have_count(0)
    await expect(more).to_be_focused()


async def test_tab_goes_round_in_what_floats(ada, hangar, scene):
    scene.stage.ask("post", by=scene.ids["bob"], conversation_id=hangar.conversation_id, text="Who am I?")
    await ada.opens(hangar.page)
    page = ada.page
    await page.wait_for_load_state("networkidle")  # so that what it needs is here
    await page.get_by_role("button", name="Emoji").click()
    search, rocket = (
        page.get_by_role("searchbox", name="Search emoji"),
        page.get_by_role("button", name="rocket"),
    )
    await search.fill("rocket")
    await expect(rocket).to_have_count(1)
    for key, next_one in (("Shift+Tab", rocket), ("Tab", search)):
        await page.keyboard.press(key)
        await expect(next_one).to_be_focused()
    for _ in ("what was searched for", "the picker"):
        await page.keyboard.press("Escape")
    await expect(search).to_have_count(0)
    await ada.log.get_by_role("link", name="Bob Wrench").press("Enter")
    card = page.get_by_role("dialog", name="Bob Wrench")
    await expect(card).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await expect(card.get_by_role("button", name="Message")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Escape")
    await expect(ada.log.get_by_role("link", name="Bob Wrench")).to_be_focused()


async def test_a_question_is_read_out_with_its_words(ada, hangar):
    await ada.opens(hangar.page)
    await ada.writes("Shall I go?")
    await ada.is_sent("Shall I go?")
    await ada.article("Shall I go?").press("Delete")
    question = ada.page.get_by_role("dialog", name="Delete this message?")
    await expect(question).to_have_accessible_description(
        "Its text goes for everybody; a mark stays where it was."
    )
    await ada.page.keyboard.press("Escape")
