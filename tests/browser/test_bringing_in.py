"""People are let in by a link and put out again, each at once."""

import re
from types import SimpleNamespace

import pytest
from playwright.async_api import expect

from .test_pages import is_fine
from .test_people import button, says_yes

pytestmark = pytest.mark.asyncio(loop_scope="session")
PASSWORD = "a long enough sentence"


@pytest.fixture
def annex(scene):
    """A room on a board of its own: the people of the other are counted elsewhere."""
    ada = scene.ids["ada"]
    board = scene.stage.ask("make_board", by=ada, name="Annex")
    room = scene.stage.ask("make_room", by=ada, board_id=board, name="Porch")
    return SimpleNamespace(board=board, page=f"/messaging/room/{room}/")


async def makes_a_link(administrator, note):
    """As whoever made it has it in the clipboard."""
    await administrator.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await administrator.opens("/messaging/", live=False)
    await administrator.page.get_by_role("link", name="People", exact=True).click()
    await administrator.page.get_by_role("link", name="Invite").click()
    await administrator.page.get_by_label("Whom it is for").fill(note)
    await button(administrator, "Make a link").click()
    await expect(administrator.page.get_by_role("heading", name=f"Your link for {note}")).to_be_visible()
    await button(administrator, "Copy").click()
    await expect(administrator.page.get_by_text("Link copied.")).to_be_visible()
    await is_fine(administrator.page, "a link that was made")
    administrator.complaints.clear()  # the policy of the page stops axe's own styles, and says so
    return await administrator.page.evaluate("navigator.clipboard.readText()")


async def makes_an_account(page, username, name):
    for label, said in {
        "User name": username,
        "Your name": name,
        "Password": PASSWORD,
        "Password confirmation": PASSWORD,
    }.items():
        await page.get_by_label(label, exact=True).fill(said)
    await page.get_by_role("button", name="Come in").click()
    await expect(page).to_have_url(re.compile("/messaging/$"))


async def test_who_is_invited_comes_in_and_is_live_in_a_room(administrator, chromium, ada, annex):
    link = await makes_a_link(administrator, "Nora")
    context = await chromium.new_context(service_workers="block")
    nora = await context.new_page()
    await nora.goto(link)
    await is_fine(nora, "an invitation")
    await makes_an_account(nora, "nora", "Nora Newcomer")

    await ada.opens(f"/boards/{annex.board}/settings/", live=False)
    await ada.page.get_by_label("Add somebody").fill("nora")
    await ada.page.get_by_label("Add somebody").press("Enter")
    await expect(ada.page.get_by_text("@nora")).to_be_visible()
    await ada.opens(annex.page)
    await nora.goto(f"http://{administrator.address}{annex.page}")
    await nora.get_by_role("textbox", name="Message", exact=True).fill("I am new here")
    await nora.get_by_role("button", name="Send", exact=True).click()
    await ada.sees("I am new here")
    await ada.writes("Welcome")
    await expect(nora.get_by_role("log", name="Messages").get_by_text("Welcome")).to_be_visible()
    await context.close()

    late = await chromium.new_context(service_workers="block")
    page = await late.new_page()
    await page.goto(link)
    await expect(page.get_by_text("It was for one person, who is in.")).to_be_visible()
    await is_fine(page, "a link that is over")
    await late.close()


async def test_who_is_deactivated_is_thrown_out(administrator, signs_in, scene, web):
    scene.stranger("olaf", web.address)
    olaf = await signs_in("olaf")
    await olaf.opens("/messaging/")
    await administrator.opens("/accounts/people/", live=False)
    await administrator.page.get_by_role("link", name="Olaf").click()
    await button(administrator, "Deactivate Olaf").click()
    await says_yes(administrator, "Deactivate")
    await expect(administrator.page.get_by_text("is deactivated, and signed out everywhere")).to_be_visible()
    await expect(olaf.page).to_have_url(re.compile("/accounts/login/"))
    await button(administrator, "Let in again").click()
    await says_yes(administrator, "Let in again")
    await expect(button(administrator, "Deactivate Olaf")).to_be_visible()


async def test_who_is_here_is_said_to_be_where_administrators_look(administrator, signs_in, scene, annex):
    scene.stage.ask("add_to_board", by=scene.ids["ada"], board_id=annex.board, user_id=scene.ids["imke"])
    ada = await signs_in("ada")
    await ada.opens(annex.page)
    await administrator.opens("/accounts/people/", live=False)
    await expect(administrator.page.get_by_role("link", name="@ada")).to_contain_text("Active")
    await administrator.opens(f"/accounts/people/{scene.ids['ada']}/", live=False)
    await expect(administrator.page.get_by_role("listitem").filter(has_text="Active")).to_be_visible()
    await ada.page.goto("about:blank")
    await expect(administrator.page.get_by_text("Last seen just now")).to_be_visible()
