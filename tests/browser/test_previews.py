"""What links lead to, in real browsers: a card comes below the message, moves nobody, and goes for everybody."""

import io

import pytest
from PIL import Image
from playwright.async_api import expect

from ..unit.messaging.site_server import SiteServer
from .test_composing import is_ready
from .test_reading import place, scrolls, stays_at

pytestmark = pytest.mark.asyncio(loop_scope="session")
TITLE = "How wings & tails are made"


@pytest.fixture
def site(scene):
    site = SiteServer()
    picture = io.BytesIO()
    Image.new("RGB", (640, 320), "teal").save(picture, "PNG")
    site.pages["/wing.png"] = (200, {"Content-Type": "image/png"}, picture.getvalue())
    scene.stage.ask("may_look_at", place=site.place)
    yield site
    site.closes()


def says(scene, name, room, text):
    scene.stage.ask("post", by=scene.ids[name], conversation_id=room.conversation_id, text=text)


async def test_a_preview_comes_without_moving_a_reader(ada, scene, site):
    room = scene.room()
    says(scene, "bob", room, f"Look: {site.url()}")
    for number in range(45):
        says(scene, "bob", room, f"Remark {number}")
    await ada.opens(f"{room.page}?around=30")
    await ada.sees("Remark 28")
    await scrolls(ada, -40)
    before = await place(ada)
    assert before["seq"] > 2
    card = ada.page.locator(".preview")
    await expect(card).to_have_count(0)
    while scene.stage.ask("preview_links"):  # with what others have linked to
        pass
    await expect(card).to_have_count(1)
    await stays_at(ada, before)


async def test_the_author_removes_a_preview_for_everybody(ada, bob, scene, site):
    room = scene.room()
    says(scene, "bob", room, f"Read {site.url()}")
    await ada.opens(room.page), await bob.opens(room.page)
    while scene.stage.ask("preview_links"):  # with what others have linked to
        pass
    for visitor in (ada, bob):
        link = visitor.article("Read").get_by_role("link", name=TITLE)
        await expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")
        picture = visitor.page.locator(".preview-picture")
        await expect(picture).to_have_js_property("naturalWidth", 640)
        await expect(visitor.page.locator(".preview-site")).to_have_text(f"{site.place} · The Hangar Post")
    await ada.opens(room.page)  # as the server draws it, which stays as it is
    await expect(ada.page.locator(".preview-site")).to_have_text(f"{site.place} · The Hangar Post")
    remove = f"Remove the preview of “{TITLE}”"
    await expect(ada.page.get_by_role("button", name=remove)).to_have_count(1)  # she runs the board
    await bob.article("Read").focus()
    await bob.page.get_by_role("button", name=remove).focus()
    await bob.page.keyboard.press("Enter")
    await bob.page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    for visitor in (ada, bob):
        await expect(visitor.page.locator(".preview")).to_have_count(0)
        await visitor.sees("Read")


async def test_a_pdf_shows_its_first_page_as_soon_as_it_is_drawn(ada, bob, scene):
    room, paper = scene.room(), io.BytesIO()
    Image.new("RGB", (600, 800), "teal").save(paper, "PDF")
    await bob.opens(room.page), await ada.opens(room.page)
    await is_ready(ada)
    file = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": paper.getvalue()}
    await ada.page.set_input_files("input[type=file]", file)
    await ada.writes("The plan")
    page = bob.article("The plan").locator(".attachment img")
    await expect(bob.article("The plan").get_by_role("link", name="plan.pdf")).to_be_visible()
    await expect(page).to_have_count(0)
    scene.stage.ask("depict_files")
    for _ in ("as it comes", "as the server draws it"):
        await expect(page).to_have_js_property("naturalWidth", 480)
        await expect(page).to_have_js_property("width", 216)
        await expect(bob.article("The plan").get_by_role("link", name="plan.pdf")).to_have_count(1)
        await bob.opens(room.page)
