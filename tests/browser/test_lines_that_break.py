"""Offline and back, the server killed and back, a reload with unsent messages, two tabs and one outbox."""

import asyncio
import json
import re

import pytest
import pytest_asyncio
from playwright.async_api import expect

from ..fault.lab.proxy import Proxy
from ..fault.lab.shelf import Shelf
from ..fault.lab.web import DAPHNE

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.service_worker]
SOON = 10_000  # ms: "offline" or "catching up" shows within this (G5)
BACK = 8_000  # ms from the end of a fault until all is there again


@pytest_asyncio.fixture(loop_scope="session")
async def link(web):
    """A link of Ada's own to the server, which can be cut."""
    async with Proxy(web.port) as proxy:
        yield proxy


def kept(house, place):
    return [row["text"] for row in Shelf(house.database_url).kept(place.conversation_id)]


async def test_offline_and_back(ada, bob, hangar, house):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await ada.context.set_offline(True)
    await ada.status_begins("(Offline|Reconnecting|Disconnected)", within=SOON)
    await ada.writes("Written offline")
    await ada.sees("Written offline")
    await expect(ada.status).to_have_text(re.compile("1 message"))
    await bob.writes("Said meanwhile")
    await bob.is_sent("Said meanwhile")
    await ada.context.set_offline(False)
    await ada.status_begins("Connected", within=BACK)
    await ada.is_sent("Written offline", within=BACK)
    await bob.sees("Written offline")
    for visitor in (ada, bob):
        await visitor.sees_in_order(kept(house, hangar))
    assert sorted(kept(house, hangar)) == ["Said meanwhile", "Written offline"]


async def test_a_cut_line_heals_by_itself(signs_in, bob, hangar, link, house):
    ada = await signs_in("ada", link.address)
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await link.down()
    await ada.status_begins("(Reconnecting|Disconnected|Offline)", within=SOON)
    await ada.writes("Into the void")
    await bob.writes("While you were away")
    await bob.is_sent("While you were away")
    assert kept(house, hangar) == ["While you were away"]
    await link.up()
    await ada.status_begins("Connected", within=BACK)
    await ada.is_sent("Into the void", within=BACK)
    await ada.sees_in_order(["While you were away", "Into the void"])
    await bob.sees_in_order(["While you were away", "Into the void"])


async def test_the_server_is_killed_and_comes_back(signs_in, scene, house):
    web = house.builds(DAPHNE).start().wait()
    try:
        ada, bob, room = await signs_in("ada", web.address), await signs_in("bob", web.address), scene.room()
        await ada.opens(room.page), await bob.opens(room.page)
        await ada.writes("Before")
        await bob.sees("Before")
        web.kill()
        for visitor in (ada, bob):
            await visitor.status_begins("(Reconnecting|Disconnected)", within=SOON)
        await ada.writes("During")
        await asyncio.to_thread(lambda: web.start().wait())
        for visitor in (ada, bob):
            await visitor.status_begins("Connected", within=BACK)
            await visitor.sees_in_order(["Before", "During"], within=BACK)
        await ada.is_sent("During")
        assert kept(house, room) == ["Before", "During"]
    finally:
        web.kill()
        house.webs.remove(web)


async def test_a_reload_keeps_what_is_not_sent(signs_in, bob, hangar, link, house):
    """The page comes from the server, the line does not open: what was written waits in the browser."""
    ada = await signs_in("ada", link.address)
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await link.down()
    await ada.status_begins("(Reconnecting|Disconnected|Offline)", within=SOON)
    for text in ("Unsent one", "Unsent two"):
        await ada.writes(text)
        await ada.sees(text)
    assert kept(house, hangar) == []
    await ada.page.close()
    ada.page = None
    await link.up()
    await ada.opens(hangar.page)
    for text in ("Unsent one", "Unsent two"):
        await ada.is_sent(text, within=BACK)
    await bob.sees_in_order(["Unsent one", "Unsent two"])
    assert kept(house, hangar) == ["Unsent one", "Unsent two"]


async def test_what_is_refused_while_one_is_elsewhere_stays_in_sight(signs_in, scene, link, house):
    """Words for a room that one has been taken out of meanwhile can still be had, until one lets them go."""
    cockpit, tower = scene.room(private_to=("ada", "bob")), scene.room()
    bob = await signs_in("bob", link.address)
    await bob.opens(cockpit.page)
    await link.down()
    await bob.status_begins("(Reconnecting|Disconnected|Offline)", within=SOON)
    await bob.writes("Too late for this")
    await bob.sees("Too late for this")
    await bob.page.close()
    bob.page = None
    scene.stage.ask("remove_from_room", by=scene.ids["ada"], room_id=cockpit.id, user_id=scene.ids["bob"])
    await link.up()
    await bob.opens(tower.page)
    note = bob.page.get_by_role("region", name="Not sent").get_by_role("article")
    for _ in range(2):
        await expect(note.get_by_role("alert")).to_have_text(re.compile("^Not sent in .+: "))
        await expect(note).to_contain_text("Too late for this")
        await bob.page.reload()
    await note.get_by_role("button", name="Discard").click()
    await expect(note).to_have_count(0)
    await bob.page.reload()
    await bob.status_begins("Connected", within=BACK)
    await expect(note).to_have_count(0)
    assert kept(house, cockpit) == []


async def test_a_change_made_without_a_line_goes_from_another_page(signs_in, bob, scene, link, house):
    hangar, tower = scene.room(), scene.room()
    ada = await signs_in("ada", link.address)
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await ada.writes("Take this back")
    await ada.is_sent("Take this back")
    await bob.sees("Take this back")
    await link.down()
    await ada.status_begins("(Reconnecting|Disconnected|Offline)", within=SOON)
    await ada.log.locator(".message > article").last.focus()
    await ada.page.keyboard.press("Delete")
    await ada.page.get_by_role("button", name="Delete").click()
    await expect(ada.log.locator(".message[data-state=sending]")).to_contain_text("Deleting")
    await ada.page.close()
    ada.page = None
    await link.up()
    await ada.opens(tower.page)
    await expect(bob.article("Take this back")).to_have_count(0)
    assert kept(house, hangar) == [""]


async def test_on_a_full_disk_it_is_said_and_asked_about(signs_in, hangar, link, house):
    ada = await signs_in("ada", link.address)
    await ada.opens(hangar.page)
    devtools = await ada.context.new_cdp_session(ada.page)
    quota = {"origin": f"http://{link.address}"}
    await devtools.send("Storage.overrideQuotaForOrigin", {**quota, "quotaSize": 1})
    await link.down()
    await ada.status_begins("(Reconnecting|Disconnected|Offline)", within=SOON)
    await ada.writes("In the tab alone")
    await expect(ada.status).to_have_text(re.compile("1 message waiting, kept in this tab only$"))
    asked = asyncio.get_running_loop().create_future()
    ada.page.on(
        "dialog",
        lambda dialog: (asked.set_result(dialog.type), asyncio.ensure_future(dialog.dismiss())),
    )
    await ada.page.close(run_before_unload=True)
    assert await asyncio.wait_for(asked, 5) == "beforeunload"
    await devtools.send("Storage.overrideQuotaForOrigin", quota)
    await link.up()
    await ada.is_sent("In the tab alone", within=BACK)
    assert kept(house, hangar) == ["In the tab alone"]
    await ada.page.reload()  # nobody asks any more


async def test_a_card_moved_while_the_line_is_cut_is_moved_when_it_is_back(signs_in, bob, scene, link):
    """The browser hears of no network that came or went."""
    ada, ids = await signs_in("ada", link.address), scene.ids
    board = scene.stage.ask("make_board", by=ids["ada"], name="Shed")
    scene.stage.ask("add_to_board", by=ids["ada"], board_id=board, user_id=ids["bob"])
    await ada.opens(f"/boards/{board}/"), await bob.opens(f"/boards/{board}/")
    await ada.page.get_by_role("textbox", name="Add a card to To do").fill("Sand the wing")
    await ada.page.keyboard.press("Enter")
    await bob.sees_card("Sand the wing", "To do")
    await link.down()
    await ada.status_begins("(Reconnecting|Disconnected|Offline)", within=SOON)
    await ada.card("Sand the wing").get_by_role("button", name="Move Sand the wing").focus()
    for key in ("Space", "ArrowRight", "Space"):
        await ada.page.keyboard.press(key)
    await expect(ada.page.get_by_text("Not saved yet")).to_have_count(1)
    await ada.sees_card("Sand the wing", "Doing"), await bob.sees_card("Sand the wing", "To do")
    await link.up()
    await bob.sees_card("Sand the wing", "Doing", within=BACK)
    await expect(ada.page.get_by_text("Not saved yet")).to_have_count(0)
    await ada.sees_card("Sand the wing", "Doing")


async def test_two_tabs_share_one_outbox_and_send_once(signs_in, bob, hangar, link, house):
    """F39"""
    ada = await signs_in("ada", link.address)
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    second = await ada.tab(hangar.page)
    await link.down()
    await ada.status_begins("(Reconnecting|Disconnected|Offline)", within=SOON)
    await ada.writes("From the first tab")
    await second.writes("From the second tab")
    await link.up()
    for tab in (ada, second):
        await tab.status_begins("Connected", within=BACK)
        await tab.is_sent("From the first tab", within=BACK)
        await tab.is_sent("From the second tab", within=BACK)
    await bob.sees("From the first tab")
    assert sorted(kept(house, hangar)) == ["From the first tab", "From the second tab"]


async def test_signed_out_in_one_tab_is_signed_out_in_all(ada, hangar, scene):
    """S58"""
    await ada.opens(hangar.page)
    second = await ada.tab(hangar.page)
    cookie = next(cookie["value"] for cookie in await ada.context.cookies() if cookie["name"] == "sessionid")
    scene.stage.ask("sign_out", session_key=cookie)
    for tab in (ada, second):
        await expect(tab.page).to_have_url(re.compile("/accounts/login/"))


async def test_where_storage_is_forbidden_one_talks_and_goes(ada, bob, hangar):
    await ada.context.add_init_script("""for (const name of ["sessionStorage", "localStorage", "indexedDB"])
        Object.defineProperty(window, name, { get() { throw new DOMException("forbidden", "SecurityError"); } });""")
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await ada.writes("Without a disk")
    await bob.sees("Without a disk")
    await ada.page.goto(f"http://{ada.address}/accounts/profile/")
    await ada.page.get_by_role("button", name="Sign out").first.click()
    await ada.page.wait_for_url(re.compile("/accounts/login/"))


async def test_a_server_that_cannot_save_is_not_shown_as_well(ada, hangar, house):
    """The line is, so the status says both, for as long as something waits."""
    full = True

    async def passes_on(line):
        server = line.connect_to_server()

        def hears(words):
            frame = json.loads(words)
            if frame["type"] != "chat_message" or not full:
                return server.send(words)
            error = {"type": "error", "code": "unavailable", "detail": "Not now.", "temporary": True}
            line.send(json.dumps({**error, "retry_after": 0.2, "client_id": frame["client_id"]}))

        line.on_message(hears)

    await ada.context.route_web_socket("**/ws/chat-room/**", passes_on)
    await ada.opens(hangar.page)
    state = ada.page.locator("connection-status")
    await expect(state).to_have_attribute("data-quiet", "")
    await ada.writes("Keep this")
    await ada.status_begins("Connected \u00b7 nothing can be saved at the moment \u00b7 1 message waiting")
    await expect(state).to_have_attribute("data-colour", "warn")
    await expect(state).not_to_have_attribute("data-quiet", "")
    assert kept(house, hangar) == []
    full = False
    await ada.is_sent("Keep this")
    await expect(ada.status).to_have_text("Connected")
    await expect(state).to_have_attribute("data-colour", "good")


async def test_a_page_of_before_an_update_says_that_there_is_a_newer_one(signs_in, hangar, link):
    """And loads it when it is asked to, with what was begun and what waits."""
    ada = await signs_in("ada", link.address)
    await ada.opens(hangar.page)
    await ada.page.evaluate("document.documentElement.dataset.version = 'former'")
    await link.down()
    await ada.status_begins("(Reconnecting|Disconnected|Offline)", within=SOON)
    await ada.writes("Said in between")
    await ada.composer.fill("Half a sentence")
    await link.up()
    note = ada.page.locator(".new-version")
    await expect(note.get_by_role("status")).to_have_text(
        "There is a new version of this page.", timeout=BACK
    )
    await note.get_by_role("button", name="Reload").click()
    await expect(note).to_have_count(0)
    await ada.status_begins("Connected", within=BACK)
    await expect(ada.composer).to_have_value("Half a sentence")
    await ada.is_sent("Said in between")


async def test_a_page_of_this_version_says_nothing_of_another(signs_in, hangar, link):
    ada = await signs_in("ada", link.address)
    await ada.opens(hangar.page)
    await link.down()
    await ada.status_begins("(Reconnecting|Disconnected|Offline)", within=SOON)
    await link.up()
    await ada.status_begins("Connected", within=BACK)
    await expect(ada.page.locator(".presence[data-status]").first).to_be_attached()
    await expect(ada.page.locator(".new-version")).to_have_count(0)
