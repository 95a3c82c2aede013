"""The board: what one makes and moves, the other sees."""

import asyncio
import contextlib
import json
import re

import pytest
import pytest_asyncio
from playwright.async_api import expect

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def board(ada, bob, scene):
    """Both look at a board of their own; its first two columns."""
    ids = scene.ids
    id = scene.stage.ask("make_board", by=ids["ada"], name="Workshop")
    scene.stage.ask("add_to_board", by=ids["ada"], board_id=id, user_id=ids["bob"])
    await ada.opens(f"/boards/{id}/"), await bob.opens(f"/boards/{id}/")
    return await ada.page.locator("[data-columns] ul[role=list]").evaluate_all(
        "lists => lists.map(list => list.getAttribute('aria-label'))"
    )


async def makes(visitor, title, column):
    box = visitor.page.get_by_role("textbox", name=f"Add a card to {column}")
    await box.fill(title)
    await box.press("Enter")


async def moves(visitor, title, *keys):
    await visitor.card(title).get_by_role("button", name=f"Move {title}").focus()
    for key in ("Space", *keys, "Space"):
        await visitor.page.keyboard.press(key)


@contextlib.asynccontextmanager
async def answered_late(visitor, door="**/move/"):
    """What this visitor moves is moved at once; the answer comes when the block ends. Gives: it was moved."""
    moved, over = asyncio.Event(), asyncio.Event()

    async def late(route):
        answer = await route.fetch()
        moved.set()
        await over.wait()
        await route.fulfill(response=answer)

    await visitor.page.route(door, late)
    yield moved
    over.set()


async def all_is_saved(visitor):
    await expect(visitor.page.get_by_text("Not saved yet")).to_have_count(0)


async def test_a_new_card_is_seen_by_the_other(ada, bob, board):
    await makes(ada, "Sand the wing", board[0])
    await ada.sees_card("Sand the wing", board[0])
    await bob.sees_card("Sand the wing", board[0])
    await expect(bob.card("Sand the wing")).to_have_count(1)


async def test_a_card_is_dragged(ada, bob, board):
    await makes(ada, "Drag me", board[0])
    await bob.sees_card("Drag me", board[0])
    card = await ada.card("Drag me").bounding_box()
    target = await ada.column(board[1]).bounding_box()
    mouse = ada.page.mouse
    await mouse.move(card["x"] + card["width"] / 2, card["y"] + 8)
    await mouse.down()
    for step in range(1, 11):
        await mouse.move(
            card["x"] + (target["x"] + target["width"] / 2 - card["x"]) * step / 10, target["y"] + 10, steps=2
        )
    await mouse.up()
    for visitor in (ada, bob):
        await visitor.sees_card("Drag me", board[1])
    await bob.page.reload()
    await bob.sees_card("Drag me", board[1])


async def test_a_card_is_moved_by_keyboard(ada, bob, board):
    await makes(ada, "Type me over", board[0])
    await bob.sees_card("Type me over", board[0])
    await ada.card("Type me over").get_by_role("button", name="Move Type me over").focus()
    for key in ("Space", "ArrowRight", "Space"):
        await ada.page.keyboard.press(key)
    for visitor in (ada, bob):
        await visitor.sees_card("Type me over", board[1])


async def test_arrows_go_where_they_point_where_a_page_runs_from_right_to_left(ada, board):
    await makes(ada, "Mirrored", board[0])
    await ada.page.evaluate("document.documentElement.dir = 'rtl'")
    here, there = [await ada.column(title).bounding_box() for title in board[:2]]
    assert there["x"] < here["x"]
    await moves(ada, "Mirrored", "ArrowLeft")
    await ada.sees_card("Mirrored", board[1])
    await moves(ada, "Mirrored", "ArrowRight")
    await ada.sees_card("Mirrored", board[0])


async def test_escape_puts_it_back(ada, bob, board):
    await makes(ada, "Stay here", board[0])
    await bob.sees_card("Stay here", board[0])
    await ada.card("Stay here").get_by_role("button", name="Move Stay here").focus()
    for key in ("Space", "ArrowRight"):
        await ada.page.keyboard.press(key)
    await ada.sees_card("Stay here", board[1])
    await ada.page.keyboard.press("Escape")
    await ada.sees_card("Stay here", board[0])
    await makes(ada, "Said later", board[0])
    await bob.sees_card("Said later", board[0])
    await bob.sees_card("Stay here", board[0])


async def test_a_late_answer_undoes_no_later_move(ada, bob, board):
    await makes(ada, "Tug of war", board[0])
    await bob.sees_card("Tug of war", board[0])
    async with answered_late(ada) as moved:
        await moves(ada, "Tug of war", "ArrowRight")
        await asyncio.wait_for(moved.wait(), 5)
        await bob.sees_card("Tug of war", board[1])
        await moves(bob, "Tug of war", "ArrowRight")
        await bob.sees_card("Tug of war", board[2])
        await makes(bob, "Made after it", board[0])
        await ada.sees_card("Made after it", board[0])  # so the move has been heard, too
    await all_is_saved(ada)
    for visitor in (ada, bob):
        await visitor.sees_card("Tug of war", board[2])


async def test_a_card_on_its_way_may_be_moved_again(ada, bob, board):
    await makes(ada, "On and on", board[0])
    await bob.sees_card("On and on", board[0])
    async with answered_late(ada) as moved:
        await moves(ada, "On and on", "ArrowRight")
        await asyncio.wait_for(moved.wait(), 5)
        await moves(ada, "On and on", "ArrowRight")
        await ada.sees_card("On and on", board[2])
        for key in ("Space", "ArrowLeft", "Escape"):
            await ada.page.keyboard.press(key)
        await ada.sees_card("On and on", board[2])
        await bob.sees_card("On and on", board[1])
    await bob.sees_card("On and on", board[2])
    await all_is_saved(ada)
    await ada.sees_card("On and on", board[2])


async def test_a_card_in_a_hand_is_not_lifted_twice(ada, board):
    await makes(ada, "One hand", board[0])
    card = await ada.card("One hand").bounding_box()
    button = ada.page.locator("[data-task] [data-move]")  # of what is dragged, nothing is shown
    await ada.page.mouse.move(card["x"] + card["width"] / 2, card["y"] + 8)
    await ada.page.mouse.down()
    await ada.page.mouse.move(card["x"] + card["width"] / 2, card["y"] + 40, steps=3)
    await button.dispatch_event("click")
    await expect(button).to_have_attribute("aria-pressed", "false")
    await ada.page.mouse.up()
    await expect(ada.page.locator("[data-lifted]")).to_have_count(0)


async def test_moves_made_without_a_network_land_in_order(ada, bob, board):
    for title in ("First", "Second"):
        await makes(ada, title, board[0])
        await bob.sees_card(title, board[0])
    await ada.context.set_offline(True)
    await moves(ada, "First", "ArrowRight")
    await moves(ada, "Second", "ArrowRight")
    await moves(ada, "First", "ArrowRight")
    await expect(ada.page.get_by_text("Not saved yet")).to_have_count(2)
    await ada.sees_card("First", board[2]), await ada.sees_card("Second", board[1])
    await bob.sees_card("First", board[0]), await bob.sees_card("Second", board[0])
    await ada.context.set_offline(False)
    for visitor in (bob, ada):
        await visitor.sees_card("First", board[2], within=10_000)
        await visitor.sees_card("Second", board[1], within=10_000)
    await all_is_saved(ada)


async def test_a_move_survives_a_reload(ada, bob, board):
    await makes(ada, "Carried", board[0])
    await bob.sees_card("Carried", board[0])
    await ada.page.route("**/move/", lambda route: route.abort())
    await moves(ada, "Carried", "ArrowRight")
    await ada.page.reload()
    await ada.sees_card("Carried", board[1])
    await expect(ada.page.get_by_text("Not saved yet")).to_have_count(1)
    await bob.sees_card("Carried", board[0])
    await ada.page.unroute_all(behavior="wait")
    await ada.page.evaluate("window.dispatchEvent(new Event('online'))")
    await bob.sees_card("Carried", board[1])
    await all_is_saved(ada)
    await ada.sees_card("Carried", board[1])


async def test_a_move_that_is_refused_is_taken_back(ada, bob, board):
    await makes(ada, "Stays", board[0])
    await bob.sees_card("Stays", board[0])
    refusal = {"error": "No.", "detail": "You may look at this board, but not change it."}
    await ada.page.route("**/move/", lambda route: route.fulfill(status=403, json=refusal))
    await moves(ada, "Stays", "ArrowRight")
    await expect(ada.page.get_by_role("alert")).to_contain_text(refusal["detail"])
    await ada.sees_card("Stays", board[0])
    await all_is_saved(ada)


async def test_a_card_held_over_a_column_that_goes_stays_on_the_board(ada, bob, board):
    await makes(ada, "Held", board[0])
    await bob.sees_card("Held", board[0])
    await ada.card("Held").get_by_role("button", name="Move Held").focus()
    for key in ("Space", "ArrowRight"):
        await ada.page.keyboard.press(key)
    await ada.sees_card("Held", board[1])
    await bob.page.get_by_label(f"More for {board[1]}").click()
    await bob.page.get_by_role("button", name="Remove column").locator("visible=true").click()
    await expect(ada.column(board[1])).to_have_count(0)
    await ada.sees_card("Held", board[0])
    await ada.page.keyboard.press("Escape")
    await ada.sees_card("Held", board[0])


async def test_a_card_that_is_archived_in_a_hand_is_not_said_to_be_moved(ada, bob, board):
    await makes(ada, "Held", board[0])
    await bob.sees_card("Held", board[0])
    await ada.card("Held").get_by_role("button", name="Move Held").focus()
    for key in ("Space", "ArrowRight"):
        await ada.page.keyboard.press(key)
    await bob.card("Held").hover()
    await bob.card("Held").get_by_role("button", name="Archive Held").click()
    await expect(bob.card("Held")).to_have_count(0)
    await makes(bob, "Later", board[0])
    await ada.sees_card("Later", board[0])
    await ada.page.keyboard.press("Space")
    await expect(ada.page.get_by_text("Held is not on this board any more.")).to_have_count(1)
    await expect(ada.card("Held")).to_have_count(0)
    await expect(ada.page.locator(".toasts")).not_to_contain_text("Moved Held")


async def test_a_title_that_is_being_written_is_not_kept_before_its_time(ada, bob, board, loses_count):
    await makes(ada, "Mending", board[0])
    await bob.sees_card("Mending", board[0])
    await ada.card("Mending").hover()
    await ada.card("Mending").get_by_role("button", name="Rename Mending").click()
    title = ada.page.get_by_role("textbox", name="Title")
    await title.fill("Mending the")
    await moves(bob, "Mending", "ArrowRight")
    await expect(ada.column(board[1]).get_by_role("textbox", name="Title")).to_be_focused()
    await title.press_sequentially(" wing")
    await ada.page.evaluate("document.querySelector('[data-columns]').dataset.old = ''")
    await loses_count()
    await expect(ada.page.locator("[data-columns][data-old]")).to_have_count(0)
    await expect(title).to_have_value("Mending the wing")
    await bob.sees_card("Mending", board[1])
    await title.press("Enter")
    await bob.sees_card("Mending the wing", board[1])


async def test_a_card_whose_answer_was_lost_is_made_once(ada, bob, board):
    async def lost(route):
        await route.fetch()
        await route.abort()

    await ada.page.route("**/tasks/", lost)
    await makes(ada, "Only once", board[0])
    await bob.sees_card("Only once", board[0])
    await expect(ada.page.get_by_text("Not saved yet")).to_have_count(1)
    await ada.page.unroute_all(behavior="wait")
    await all_is_saved(ada)
    for visitor in (ada, bob):
        await expect(visitor.card("Only once")).to_have_count(1)
    await makes(ada, "Only once", board[0])  # another, and meant to be one
    for visitor in (ada, bob):
        await expect(visitor.card("Only once")).to_have_count(2)


async def test_cards_are_added_in_a_row_however_late_the_answers(ada, bob, board):
    box, elsewhere = (ada.page.get_by_role("textbox", name=f"Add a card to {title}") for title in board[:2])
    async with answered_late(ada, "**/tasks/") as made:
        await makes(ada, "One", board[0])
        await asyncio.wait_for(made.wait(), 5)
        await ada.page.keyboard.type("Tw")
        await elsewhere.fill("Els")
    await expect(ada.page.locator("[data-said]")).to_have_text("Added One.")
    await ada.sees_card("One", board[0])
    await expect(elsewhere).to_be_focused()
    await expect(box).to_have_value("Tw")
    await ada.page.unroute_all(behavior="wait")


async def test_cards_typed_in_a_row_stand_in_that_order_for_both(ada, bob, board):
    titles, typed = ["One", "Two", "Three"], asyncio.Event()

    async def first_is_late(route):
        if "One" in route.request.post_data:
            await typed.wait()
        await route.continue_()

    await ada.page.route("**/tasks/", first_is_late)
    for title in titles:
        await makes(ada, title, board[0])
    typed.set()
    for visitor in (ada, bob):
        await expect(visitor.column(board[0]).locator("[data-title]")).to_have_text(titles)
    await all_is_saved(ada)


async def test_cards_written_without_a_network_wait_and_land_in_order(ada, bob, board):
    box = ada.page.get_by_role("textbox", name=f"Add a card to {board[0]}")
    await ada.context.set_offline(True)
    await makes(ada, "One", board[0])
    await ada.page.keyboard.type("Two")
    await ada.page.keyboard.press("Enter")
    await ada.page.keyboard.type("Thr")
    waiting = ada.page.locator("[data-waiting] .card-title")
    await expect(waiting).to_have_text(["One", "Two"])
    await expect(ada.page.get_by_text("Not saved yet")).to_have_count(2)
    await expect(box).to_have_value("Thr")
    await expect(ada.page.get_by_role("alert")).to_have_count(0)
    await ada.context.set_offline(False)
    for visitor in (bob, ada):
        await expect(visitor.column(board[0]).locator("[data-title]")).to_have_text(
            ["One", "Two"], timeout=10_000
        )
    await all_is_saved(ada)
    await expect(box).to_have_value("Thr")


async def test_a_card_that_waits_survives_a_reload(ada, bob, board):
    await ada.page.route("**/tasks/", lambda route: route.abort())
    await makes(ada, "Kept", board[0])
    await ada.page.reload()
    await expect(ada.page.locator("[data-waiting] .card-title")).to_have_text("Kept")
    await ada.page.unroute_all(behavior="wait")
    await bob.sees_card("Kept", board[0], within=10_000)
    await all_is_saved(ada)


async def test_a_card_that_is_refused_keeps_its_words_and_stops_none_behind_it(ada, bob, board):
    async def refused(route):
        if "First" not in route.request.post_data:
            return await route.continue_()
        await route.fulfill(status=400, json={"error": "No.", "detail": "No."})

    await ada.page.route("**/tasks/", refused)
    await makes(ada, "First", board[0])
    await makes(ada, "Next", board[0])
    await bob.sees_card("Next", board[0])
    await expect(ada.page.get_by_role("alert")).to_have_text("Card not added to Workshop: No.")
    await expect(ada.page.locator(".unsent-note")).to_contain_text("First")
    await all_is_saved(ada)
    await ada.page.unroute_all(behavior="wait")
    await ada.page.locator(".unsent-note").get_by_role("button", name="Retry").click()
    await bob.sees_card("First", board[0])
    await expect(ada.page.locator(".unsent-note")).to_have_count(0)


async def test_a_title_that_could_not_be_kept_is_still_there(ada, bob, board):
    await makes(ada, "Wrong", board[0])
    await bob.sees_card("Wrong", board[0])
    tries = asyncio.Semaphore(0)
    await ada.page.route("**/edit/", lambda route: (tries.release(), asyncio.ensure_future(route.abort())))
    await ada.card("Wrong").hover()
    await ada.card("Wrong").get_by_role("button", name="Rename Wrong").click()
    title = ada.page.get_by_role("textbox", name="Title")
    await title.fill("Right")
    await title.press("Enter")
    await asyncio.wait_for(tries.acquire(), 5)
    await expect(ada.page.get_by_role("alert")).to_contain_text("not known")
    await expect(title).to_have_value("Right")
    await expect(title).to_be_focused()
    await title.fill("Right at last")
    await ada.page.get_by_role("textbox", name=f"Add a card to {board[1]}").click()
    await asyncio.wait_for(tries.acquire(), 5)
    await expect(title).to_have_value("Right at last")
    await expect(title).not_to_be_focused()
    await ada.page.unroute_all(behavior="wait")
    await title.press("Enter")
    await bob.sees_card("Right at last", board[0])
    await ada.sees_card("Right at last", board[0])
    await expect(title).to_have_count(0)


async def test_who_renames_a_card_is_told_that_somebody_else_has(ada, bob, board):
    await makes(ada, "Wing", board[0])
    await bob.sees_card("Wing", board[0])
    for visitor, words in ((ada, "Her wing"), (bob, "His wing")):
        await visitor.card("Wing").hover()
        await visitor.card("Wing").get_by_role("button", name="Rename Wing").click()
        await visitor.page.get_by_role("textbox", name="Title").fill(words)
    hers, his = (visitor.page.get_by_role("textbox", name="Title") for visitor in (ada, bob))
    await his.press("Enter")
    await expect(ada.page.locator(".card [data-title]")).to_have_text("His wing")
    await hers.press("Enter")
    await expect(ada.page.get_by_role("alert")).to_contain_text("changed by somebody else")
    await bob.sees_card("His wing", board[0])
    await expect(hers).to_have_value("Her wing")
    await hers.press("Enter")  # told, and meant
    await bob.sees_card("Her wing", board[0])


@pytest_asyncio.fixture(loop_scope="session")
async def loses_count(ada, board):
    """`await loses_count()`: the server tells Ada's page to load the board anew."""
    lines = []

    def passes_through(line):
        line.connect_to_server()
        lines.append(line)

    await ada.page.route_web_socket(re.compile("/ws/boards/"), passes_through)
    await ada.page.reload()
    await ada.status_begins("Connected")

    async def lose_count():
        facts = json.loads(await ada.page.locator("#board").text_content())
        frame = {"type": "reset", "why": "too_far", "epoch": facts["epoch"], "revision": facts["revision"]}
        lines[-1].send(json.dumps(frame))

    return lose_count


async def test_a_board_is_asked_for_until_it_comes(ada, bob, board, loses_count):
    fetched, tries = f"**{await ada.page.evaluate('location.pathname')}", asyncio.Semaphore(0)
    await ada.page.route(fetched, lambda route: (tries.release(), asyncio.ensure_future(route.abort())))
    await ada.page.set_viewport_size({"width": 600, "height": 600})
    await ada.page.evaluate("document.querySelector('[data-columns]').scrollLeft = 9999")
    scrolled = await ada.page.evaluate("document.querySelector('[data-columns]').scrollLeft")
    await loses_count()
    await ada.status_begins("Catching up")
    await makes(bob, "Meanwhile", board[0])
    await ada.sees_card("Meanwhile", board[0])
    for _ in range(3):
        await asyncio.wait_for(tries.acquire(), 10)
    await ada.status_begins("Catching up")
    await ada.page.unroute_all(behavior="wait")
    await ada.status_begins("Connected", within=10_000)
    await ada.sees_card("Meanwhile", board[0])
    await expect(ada.page.locator("[data-trouble]")).to_be_hidden()
    assert scrolled > 0
    assert await ada.page.evaluate("document.querySelector('[data-columns]').scrollLeft") == scrolled


async def test_a_card_in_the_hand_stays_there_when_the_board_is_loaded_anew(ada, bob, board, loses_count):
    await makes(ada, "Hold on", board[0])
    card, mouse = await ada.card("Hold on").bounding_box(), ada.page.mouse
    columns = [await ada.column(title).bounding_box() for title in board]
    await mouse.move(card["x"] + card["width"] / 2, card["y"] + 8)
    await mouse.down()
    await mouse.move(columns[1]["x"] + 50, columns[1]["y"] + 10, steps=5)
    await expect(ada.column(board[1]).locator("[data-lifted]")).to_have_count(1)
    await ada.page.evaluate("document.querySelector('[data-columns]').dataset.old = ''")
    await loses_count()
    await expect(ada.page.locator("[data-columns][data-old]")).to_have_count(0)
    await mouse.move(columns[2]["x"] + 50, columns[2]["y"] + 10, steps=5)
    await mouse.up()
    for visitor in (ada, bob):
        await visitor.sees_card("Hold on", board[2])
    await expect(ada.card("Hold on")).to_have_count(1)
    await expect(ada.card("Hold on")).not_to_have_attribute("data-lifted", "")


async def test_comments_are_counted_on_the_card(ada, bob, board):
    await makes(ada, "Talk about it", board[0])
    await bob.sees_card("Talk about it", board[0])
    await ada.card("Talk about it").get_by_role("link", name="Talk about it").click()
    await ada.status_begins("Connected")
    await ada.writes("A first comment")
    await ada.is_sent("A first comment")
    await expect(bob.card("Talk about it").locator("[data-comments]")).to_contain_text("1")
