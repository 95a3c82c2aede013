"""What is done on a board is seen in its room, and who is at a card on the board."""

import pytest
import pytest_asyncio
from playwright.async_api import expect

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def workshop(scene):
    """(board, columns) of Ada and Bob."""
    ask, ids = scene.stage.ask, scene.ids
    board = ask("make_board", by=ids["ada"], name="Workshop")
    ask("add_to_board", by=ids["ada"], board_id=board, user_id=ids["bob"])
    return board, ask("columns", board_id=board)


async def test_a_room_tells_of_the_board_in_a_line_that_stays_open(ada, scene, workshop):
    ask, bob, (board, columns) = scene.stage.ask, scene.ids["bob"], workshop
    await ada.opens(f"/messaging/room/{ask('first_room', board_id=board)}/")
    title = await ada.page.title()
    task = ask("make_task", by=bob, column_id=columns[0], title="Fix the wing")
    ask("fold_activity", board_id=board)
    line = ada.page.locator("details.activity")
    await line.locator("summary").click()
    await expect(line.get_by_role("link", name="Fix the wing")).to_have_attribute(
        "href", f"/boards/task/{task}/"
    )
    ask("move_task", by=bob, task_id=task, column_id=columns[-1])
    ask("fold_activity", board_id=board)
    await expect(line.get_by_role("listitem")).to_have_count(2)
    await expect(line).to_have_attribute("open", "")
    await expect(ada.page.locator(".unread-line")).to_have_count(0)
    assert await ada.page.title() == title


async def test_a_card_in_somebodys_hand_and_before_their_eyes(ada, bob, scene, workshop):
    board, columns = workshop
    task = scene.stage.ask("make_task", by=scene.ids["ada"], column_id=columns[0], title="Fix the wing")
    await ada.opens(f"/boards/{board}/"), await bob.opens(f"/boards/{board}/")
    await bob.card("Fix the wing").get_by_role("button", name="Move Fix the wing").focus()
    for key in ("Space", "ArrowRight"):
        await bob.page.keyboard.press(key)
    held = ada.page.locator(f'[data-column="{columns[1]}"] .held-card')
    await expect(held).to_contain_text("Bob Wrench")
    await expect(bob.page.locator(".held-card")).to_have_count(0)
    await bob.page.keyboard.press("Escape")
    await expect(held).to_have_count(0)
    await bob.opens(f"/boards/task/{task}/")
    await expect(ada.card("Fix the wing").get_by_text("Bob Wrench has this card open")).to_have_count(1)
    await bob.opens(f"/boards/{board}/")
    await expect(ada.page.locator(".card-visitors .face")).to_have_count(0)
