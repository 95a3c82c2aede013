"""Who takes another name or picture has it on every page that is open, as if it had always been so."""

import io
import re

import pytest
import pytest_asyncio
from PIL import Image
from playwright.async_api import expect

from ..fault.lab.proxy import Proxy

pytestmark = pytest.mark.asyncio(loop_scope="session")

BACK = 8_000  # ms from the end of a fault until all is there again


@pytest.fixture
def nora(scene):
    """Somebody of the board whom no other test knows; her user name."""
    name = f"nora{len(scene.ids)}"
    scene.newcomer(name, "")
    return name


@pytest_asyncio.fixture(loop_scope="session")
async def her(signs_in, nora):
    return await signs_in(nora)


@pytest_asyncio.fixture(loop_scope="session")
async def link(web):
    """A link of Bob's own to the server, which can be cut."""
    async with Proxy(web.port) as proxy:
        yield proxy


async def is_called(visitor, name):
    await visitor.opens("/accounts/profile/", live=False)
    await visitor.page.get_by_label("Name", exact=True).fill(name)
    await visitor.page.get_by_role("button", name="Save", exact=True).click()
    await expect(visitor.page.get_by_text("Saved.")).to_be_visible()


async def wears_a_picture(visitor):
    picture = io.BytesIO()
    Image.new("RGB", (80, 60), "teal").save(picture, "PNG")
    await visitor.opens("/accounts/profile/", live=False)
    file = {"name": "me.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    await visitor.page.get_by_label("Picture", exact=True).set_input_files(file)
    await visitor.page.get_by_role("button", name="Use it").click()
    await expect(visitor.page.get_by_text("Your picture is changed.")).to_be_visible()


async def takes_it_away(visitor):
    await visitor.page.get_by_role("button", name="Take it away").click()
    await expect(visitor.page.get_by_role("button", name="Use it")).to_be_visible()


async def talks_to(visitor, user_id):
    """So that the two have a direct conversation."""
    await visitor.opens(f"/messaging/person/{user_id}/", live=False)
    await visitor.page.locator(".main").get_by_role("button", name="Message").click()
    await visitor.status_begins("Connected")


async def stays(visitor):
    """From here on a page that is loaded anew is found out."""
    await visitor.page.evaluate("() => { window.stayed = true }")


async def has_stayed(visitor):
    assert await visitor.page.evaluate("() => window.stayed === true")


def places_of(room, board, user_id):
    """Where somebody is shown with their face: {what: where}"""
    return {
        "a message": room.article("Here I am"),
        "the sidebar": room.page.locator(".sidebar li").filter(has=face_of(room.page, user_id)),
        "the people": room.page.locator(f'people-list [data-user="{user_id}"]'),
        "the board": board.page.locator("[data-faces]"),
        "a card": board.card("Paint the wing").locator("[data-people]"),
    }


def face_of(page, user_id):
    return page.locator(f'.avatar[data-face="{user_id}"]')


async def test_another_name_and_picture_show_without_a_reload(scene, bob, her, nora, hangar):
    user_id, ada_id = scene.ids[nora], scene.ids["ada"]
    task = scene.task("Paint the wing")
    scene.stage.ask("assign", by=ada_id, task_id=task.id, user_id=user_id)
    await her.opens(hangar.page)
    await her.writes("Here I am")
    await talks_to(bob, user_id)
    direct = await bob.tab(bob.page.url.removeprefix(f"http://{bob.address}"))
    await bob.opens(hangar.page)
    board = await bob.tab(f"/boards/{scene.board}/")
    for one in (bob, board, direct):
        await stays(one)

    await is_called(her, "Abigail")
    await expect(bob.article("Here I am").get_by_role("link", name="Abigail")).to_be_visible()
    await expect(bob.page.locator(".sidebar").get_by_role("link", name="Abigail")).to_be_visible()
    await expect(bob.page.locator("people-list").get_by_role("link", name="Abigail")).to_be_visible()
    await expect(bob.page.get_by_role("button", name="Message Abigail")).to_be_visible()
    await expect(board.card("Paint the wing").get_by_title("Abigail")).to_have_text("AAbigail")
    await expect(direct.page.get_by_role("heading", name="Abigail", level=1)).to_be_visible()
    title = re.compile(r"^(\(\d+\) )?Abigail · PrizmAI$")  # perhaps after a number unread
    await expect(direct.page).to_have_title(title)

    places = places_of(bob, board, user_id)
    await wears_a_picture(her)
    for where in places.values():
        await expect(face_of(where, user_id).locator("img")).to_have_count(1)
    await takes_it_away(her)
    for where in places.values():
        await expect(face_of(where, user_id).locator("img")).to_have_count(0)
        await expect(face_of(where, user_id)).to_have_text("A")
    await bob.composer.fill("@abi")
    await expect(bob.page.get_by_role("option", name="Abigail")).to_be_visible()
    for one in (bob, board, direct):
        await has_stayed(one)


async def test_what_was_missed_with_the_line_cut_shows_when_it_is_back(
    scene, signs_in, her, nora, hangar, link
):
    bob = await signs_in("bob", link.address)
    await her.opens(hangar.page)
    await her.writes("Here I am")
    await bob.opens(hangar.page)
    await bob.sees("Here I am")
    board = await bob.tab(f"/boards/{scene.board}/")
    for one in (bob, board):
        await expect(one.page.locator(":root[data-whole]")).to_have_count(1)
        await stays(one)
    await link.down()
    await bob.status_begins("(Reconnecting|Disconnected|Offline)", within=10_000)
    await is_called(her, "Abby")
    await wears_a_picture(her)
    author = bob.article("Here I am").get_by_role("link", name="Abby")
    await expect(author).to_have_count(0)
    await link.up()
    await expect(author).to_be_visible(timeout=BACK)
    face = face_of(bob.article("Here I am"), scene.ids[nora])
    await expect(face.locator("img")).to_have_count(1)
    await expect(bob.page.locator("people-list").get_by_role("link", name="Abby")).to_be_visible()
    await expect(face_of(board.page.locator("[data-faces]"), scene.ids[nora]).locator("img")).to_have_count(
        1, timeout=BACK
    )
    for one in (bob, board):
        await has_stayed(one)


@pytest.fixture
def quarters(scene, nora):
    """A private room of hers with Ada, and with a guest who is on no board."""
    room = scene.room(private_to=(nora,))
    scene.stranger(f"gus{len(scene.ids)}", "")
    return room


@pytest_asyncio.fixture(loop_scope="session")
async def guest(scene, signs_in, quarters, link):
    name = list(scene.ids)[-1]
    ada_id = scene.ids["ada"]
    scene.stage.ask("add_to_room", by=ada_id, room_id=quarters.id, user_id=scene.ids[name])
    return await signs_in(name, link.address)


async def test_a_guest_and_those_of_the_room_see_each_other_anew(
    scene, ada, her, nora, quarters, guest, link
):
    await her.opens(quarters.page)
    await her.writes("Here I am")
    await guest.opens(quarters.page)
    await guest.writes("And I")
    await ada.opens(quarters.page)
    await ada.sees("And I")
    away = await guest.tab("/accounts/profile/")
    for one in (ada, guest):
        await stays(one)

    await is_called(her, "Abigail")
    await expect(guest.article("Here I am").get_by_role("link", name="Abigail")).to_be_visible()
    await expect(guest.page.locator("people-list").get_by_role("link", name="Abigail")).to_be_visible()
    await wears_a_picture(her)
    face = face_of(guest.article("Here I am"), scene.ids[nora])
    await expect(face.locator("img")).to_have_count(1)
    await is_called(away, "Gustav")
    for one in (ada, guest):
        await expect(one.article("And I").get_by_role("link", name="Gustav")).to_be_visible()

    await link.down()
    await guest.status_begins("(Reconnecting|Disconnected|Offline)", within=10_000)
    await is_called(her, "Abby")
    await expect(ada.article("Here I am").get_by_role("link", name="Abby")).to_be_visible()
    author = guest.article("Here I am").get_by_role("link", name="Abby")
    await expect(author).to_have_count(0)
    await link.up()
    await expect(author).to_be_visible(timeout=BACK)
    for one in (ada, guest):
        await has_stayed(one)
