"""Every page: signing in, nothing for axe to find, nothing for the policy of the page to stop."""

import re

import pytest
from playwright.async_api import expect

from ..fault.lab.part import ROOT

pytestmark = pytest.mark.asyncio(loop_scope="session")
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
COLOURS = ["color-contrast", "link-in-text-block"]  # what axe asks of them
STILL = """async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("*, ::before, ::after, ::backdrop { transition: none !important }");
    document.adoptedStyleSheets.push(sheet);
    const ends = (one) => one.effect.getComputedTiming().endTime !== Infinity;
    const moving = () => document.getAnimations().filter((one) => one.playState === "running" && ends(one));
    for (let still = 0; still < 3; still = moving().length ? 0 : still + 1) {
        moving().forEach((one) => one.finish());
        await new Promise(requestAnimationFrame);
    }
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
}"""  # what fades is at its end at once: to end two thousand transitions one by one costs more than axe does
PAGES = {
    "catch-up": "/messaging/",
    "room": "{room}",
    "task": "{task}",
    "boards": "/boards/",
    "board": "/boards/{board}/",
    "settings": "/boards/{board}/settings/",
    "notifications": "/messaging/notifications/",
    "profile": "/accounts/profile/",
    "tokens": "/accounts/tokens/",
    "the API": "/api/v1/",
    "wishes": "/messaging/notifications/wishes/",
    "rooms": "/messaging/board/{board}/rooms/",
    "people": "/messaging/direct/",
    "who is in a room": "{room}people/",
    "a person": "/messaging/person/1/",
    "search": "/messaging/search/?q=bold",
    "pins": "/messaging/conversation/{conversation}/pins/",
    "files": "/messaging/conversation/{conversation}/files/",
    "saved": "/messaging/saved/",
    "scheduled": "/messaging/scheduled/",
}
OF_ADMINISTRATORS = {
    "everybody": "/accounts/people/",
    "an account": "/accounts/people/{bob}/",
    "inviting": "/accounts/invite/",
    "how it is": "/how-it-is/",
}


async def test_signing_in_and_out(chromium, web, scene):
    context = await chromium.new_context()
    page = await context.new_page()
    await page.goto(f"http://{web.address}/messaging/")
    await expect(page).to_have_url(re.compile("/accounts/login/"))
    await page.get_by_label("User name or e-mail address").fill("ada")
    await page.get_by_label("Password").fill("wrong")
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await page.get_by_label("User name or e-mail address").fill("ADA")
    await page.get_by_label("Password").fill("ada-takes-off")
    await page.get_by_role("button", name="Sign in").click()
    await expect(page).to_have_url(re.compile("/messaging/"))
    await context.close()


@pytest.fixture(scope="session")
def places(scene):
    room, task = scene.room(), scene.task("A task with comments")
    for place in (room, task):
        for text in ("Hello @bob", "**Bold** and `code`\n\n```python\nprint(1)\n```", "https://example.org/"):
            scene.stage.ask("post", by=scene.ids["ada"], conversation_id=place.conversation_id, text=text)
    scene.stage.ask("invite", by=scene.ids["ada"], room_id=room.conversation_id, user_id=scene.ids["eve"])
    scene.keeps_what_was_made()
    return {
        "room": room.page,
        "task": task.page,
        "board": scene.board,
        "conversation": room.conversation_id,
    }


@pytest.mark.parametrize("page", PAGES)
async def test_axe_finds_nothing(bob, places, page):
    await bob.opens(PAGES[page].format(**places), live=page in ("room", "task", "board"))
    assert bob.complaints == []
    await is_fine(bob.page, f"{page}, at a desk")
    await bob.page.set_viewport_size({"width": 390, "height": 780})
    await is_fine(bob.page, f"{page}, on a phone")
    bob.complaints.clear()  # the policy of the page stops axe's own styles, and says so


@pytest.mark.parametrize("page", OF_ADMINISTRATORS)
async def test_axe_finds_nothing_where_people_are_looked_after(administrator, scene, page):
    await administrator.opens(OF_ADMINISTRATORS[page].format(**scene.ids), live=False)
    for what, size in {"at a desk": (1280, 800), "on a phone": (390, 780)}.items():
        await administrator.page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
        await is_fine(administrator.page, f"{page}, {what}")
    administrator.complaints.clear()  # the policy of the page stops axe's own styles, and says so


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/", "/no/such/page/"])
async def test_axe_finds_nothing_before_signing_in(chromium, web, path):
    context = await chromium.new_context()
    page = await context.new_page()
    await page.goto(f"http://{web.address}{path}")
    await is_fine(page, path)
    await context.close()


async def is_fine(page, what):
    """All of it by day, and by night what else the colours change, once nothing moves or fades."""
    for scheme, only in {"light": None, "dark": COLOURS}.items():
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        await page.evaluate(STILL)
        assert await violations(page, only=only) == [], f"{what}, {scheme}"


async def test_axe_would_find_something(ada, hangar):
    await ada.opens(hangar.page)
    await ada.page.evaluate("document.body.append(document.createElement('img'))")
    assert "image-alt" in str(await violations(ada.page))
    ada.complaints.clear()


async def violations(page, of="html", only=None):
    """What axe has to say, in words. It sees the page in a world of its own, past the page's policy for scripts."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.read_text() + "; undefined")
    how = {"resultTypes": ["violations"], "preload": False} | ({"runOnly": only} if only else {})
    found = await page.evaluate("([of, how]) => axe.run(of, how)", [of, how])
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes']]}" for one in found["violations"]]


async def test_the_policy_stops_what_is_inline(ada, hangar):
    """S25: a script without the nonce does not run, and the console says so (so silence elsewhere means something)."""
    await ada.opens(hangar.page)
    await ada.page.evaluate(
        """() => { const script = document.createElement("script"); script.textContent = "document.title = 'owned'";
                   document.body.append(script); }"""
    )
    assert await ada.page.title() != "owned"
    assert any("Content Security Policy" in complaint for complaint in ada.complaints)
    ada.complaints.clear()


async def test_a_page_of_another_origin_gets_no_line(ada, hangar, house, web):
    """S35: another port of the same host is another origin; cookies do not tell ports apart."""
    other = next(one for one in house.webs if one is not web)
    await ada.opens(hangar.page)
    opened = """(url) => new Promise((resolve) => { const ws = new WebSocket(url);
                ws.onopen = () => resolve("open"); ws.onerror = () => resolve("refused"); })"""
    assert await ada.page.evaluate(opened, f"ws://{web.address}{hangar.path}") == "open"
    blank = await ada.context.new_page()
    await blank.goto(f"http://{other.address}/static/img/logo.svg")
    assert await blank.evaluate(opened, f"ws://{web.address}{hangar.path}") == "refused"
