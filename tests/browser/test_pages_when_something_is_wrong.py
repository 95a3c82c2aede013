"""Pages few people see, and lines that fail: nothing for axe to find, at a desk and on a phone, by day and by night."""

import json
from functools import partial

import pytest
from playwright.async_api import expect

from .test_pages import is_fine
from .test_reading import photograph

pytestmark = pytest.mark.asyncio(loop_scope="session")
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 780}
BROKEN = [f"{name}.html" for name in ("400", "403", "403_csrf", "404", "429", "500", "503", "accounts/first")]
OUTSIDE = [
    "/offline/",
    "/accounts/signup/",
    "/accounts/inactive/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/forged/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-forged/",
    "/accounts/password/reset/key/done/",
    "/messaging/unsubscribe/forged/",
]
INSIDE = [
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/two-factor/",
    "/accounts/logout/",
    "/messaging/search/?q=nothinglikeit",
    "/messaging/saved/",
    "/messaging/saved/?done=1",
    "/messaging/scheduled/",
    "/messaging/message/{said}/forward/",
    "/messaging/message/{said}/versions/",
]


async def test_pages_of_what_broke(chromium, web, scene):
    page = await (await chromium.new_context()).new_page()
    for template in BROKEN:
        drawn = {"body": scene.stage.ask("draws", template=template), "content_type": "text/html"}
        await page.route("**/drawn/", partial(_answer, drawn))
        await page.goto(f"http://{web.address}/drawn/")
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        await _is_fine_anywhere(page, template)
    await page.context.close()


async def test_pages_of_who_is_not_signed_in(chromium, web):
    page = await (await chromium.new_context()).new_page()
    for path in OUTSIDE:
        await page.goto(f"http://{web.address}{path}")
        await _is_fine_anywhere(page, path)
    await page.context.close()


async def test_pages_of_who_is(signs_in, scene, web, hangar):
    """With nothing kept, and then with something."""
    scene.newcomer("ines", web.address)
    ines, room = await signs_in("ines"), hangar.conversation_id
    said = scene.stage.ask("post", by=scene.ids["ines"], conversation_id=room, text="**Wings** are here")
    for path in INSIDE:
        await ines.opens(path.format(said=said), live=False)
        await _is_fine_anywhere(ines.page, path)
    scene.stage.ask("save", by=scene.ids["ines"], message_id=said)
    scene.stage.ask(
        "schedule", by=scene.ids["ines"], conversation_id=room, text="**Wings**, `code` and\n\n> more"
    )
    for kept in ("saved", "scheduled"):
        await ines.opens(f"/messaging/{kept}/", live=False)
        await ines.page.locator(".kept-time summary").click()
        await _is_fine_anywhere(ines.page, f"{kept}, with something in it")
    ines.complaints.clear()  # the policy of the page stops axe's own styles, and says so


async def test_a_card_that_gets_another_title(ada, propeller, scene):
    await ada.opens(f"/boards/{scene.board}/")
    rename = ada.page.get_by_role("button", name="Rename Check the propeller blades").first
    await rename.press("Enter")
    await expect(ada.page.get_by_role("textbox", name="Title", exact=True)).to_be_focused()
    await _is_fine_anywhere(ada.page, "a card that gets another title")
    ada.complaints.clear()


class Line:
    """Between a browser and the server: it refuses what is said, and is cut with a code from then on."""

    code = None

    async def meets(self, line):
        if self.code:
            return await line.close(code=self.code)
        self.server, self.browser = line.connect_to_server(), line
        line.on_message(self.hears)

    async def hears(self, words):
        frame = json.loads(words)
        if frame["type"] != "chat_message":
            return self.server.send(words)
        error = {"type": "error", "code": "invalid", "detail": "Not today.", "temporary": False}
        self.browser.send(json.dumps({**error, "client_id": frame["client_id"]}))

    async def is_cut(self, code):
        self.code = code
        await self.browser.close(code=code)


async def test_a_line_that_fails(ada, hangar):
    line = Line()
    await ada.context.route_web_socket("**/ws/chat-room/**", line.meets)
    await ada.opens(hangar.page)
    await ada.writes("Nobody wants this")
    failed = ada.article("Nobody wants this")
    await expect(failed.get_by_role("button", name="Discard")).to_be_visible()
    await _is_fine_anywhere(ada.page, "a message that failed")
    await line.is_cut(1012)
    await ada.status_begins("Reconnecting")
    await _is_fine_anywhere(ada.page, "reconnecting")
    line.code = 4400
    await ada.page.get_by_role("button", name="Reconnect now").click()
    await ada.status_begins("Disconnected")
    await _is_fine_anywhere(ada.page, "disconnected")
    ada.complaints.clear()


async def test_a_file_on_its_way(ada, hangar):
    await ada.opens(hangar.page)
    held = []
    await ada.page.route("**/messaging/conversation/*/files/", lambda route: held.append(route))
    await ada.page.locator("input[type=file]").set_input_files([photograph("red")])
    await expect(ada.page.get_by_role("progressbar")).to_be_attached()
    await _is_fine_anywhere(ada.page, "a file in the composer, on its way")
    await ada.writes("A picture")
    await expect(ada.log.get_by_role("progressbar")).to_be_attached()
    await _is_fine_anywhere(ada.page, "a file of a message, on its way")
    ada.complaints.clear()


async def test_what_a_long_press_brings(signs_in, hangar, scene):
    bob = await signs_in("bob", viewport=PHONE, has_touch=True, is_mobile=True)
    scene.stage.ask("post", by=scene.ids["ada"], conversation_id=hangar.conversation_id, text="Press me")
    await bob.opens(hangar.page)
    await (
        bob.article("Press me")
        .locator(".message-body")
        .dispatch_event("pointerdown", {"pointerType": "touch"})
    )
    await expect(bob.page.locator(".message-menu.sheet:popover-open")).to_be_visible()
    await is_fine(bob.page, "the sheet of a long press")
    bob.complaints.clear()


async def _answer(drawn, route):
    await route.fulfill(**drawn)


async def _is_fine_anywhere(page, what):
    for size in (DESK, PHONE):
        await page.set_viewport_size(size)
        await is_fine(page, f"{what}, {size['width']} px wide")
