"""The product as an app: what was seen last is there without a network, and for its person alone."""

import re
from contextlib import asynccontextmanager, suppress

import pytest
import pytest_asyncio
from playwright.async_api import Error, expect

from ..fault.lab.proxy import Proxy
from ..fault.lab.shelf import Shelf
from .test_notifications import REST, holds
from .test_visits import goes, is_made_ready, speaks

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.service_worker]
KEPT = """async () => {
    const kept = {};
    for (const name of (await caches.keys()).filter((one) => one.startsWith("pages-"))) {
        kept[name] = (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname);
    }
    return kept;
}"""
EVERYTHING = """async () => {
    const kept = [];
    for (const name of await caches.keys()) kept.push(...(await (await caches.open(name)).keys()));
    return kept.map(({ url }) => new URL(url).pathname);
}"""
# The page as it is kept.
SPEAKS = """async ({ path, language }) => {
    const kept = await caches.match(location.origin + path, { ignoreVary: true });
    return (await kept?.text() ?? "").includes(`<html lang="${language}"`);
}"""
# Where in this browser these words are kept.
PLACES = """async (words) => {
    const kept = { localStorage: JSON.stringify(localStorage), sessionStorage: JSON.stringify(sessionStorage) };
    for (const name of await caches.keys()) {
        const pages = await (await caches.open(name)).matchAll();
        for (const page of pages) kept.pages = (kept.pages ?? "") + await page.text();
    }
    const done = (asked) => new Promise((take) => { asked.onsuccess = () => take(asked.result) });
    for (const { name } of await indexedDB.databases()) {
        const database = await done(indexedDB.open(name));
        for (const store of database.objectStoreNames) {
            const rows = await done(database.transaction(store).objectStore(store).getAll());
            kept.indexedDB = (kept.indexedDB ?? "") + JSON.stringify(rows);
        }
        database.close();
    }
    return Object.keys(kept).filter((place) => kept[place].includes(words)).sort();
}"""
# The worker is not there until window.goOn() is called.
WORKER_WAITS = """{
    const waits = new Promise((goOn) => { window.goOn = goOn });
    const { register } = ServiceWorkerContainer.prototype;
    const later = function (...what) { return waits.then(() => register.apply(this, what)) };
    ServiceWorkerContainer.prototype.register = later;
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def link(web):
    async with Proxy(web.port) as proxy:
        yield proxy


async def is_kept(visitor, path):
    await visitor.page.evaluate(REST)
    await holds(visitor, f"async (path) => Object.values(await ({KEPT})()).flat().includes(path)", path)


async def test_without_a_network_the_last_conversation_is_there_and_takes_words(
    signs_in, bob, hangar, link, house
):
    ada = await signs_in("ada", link.address)
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await bob.writes("Remember this")
    await ada.sees("Remember this")
    await is_kept(ada, hangar.page)
    await ada.page.reload()  # now it is kept as it stands
    await ada.status_begins("Connected")
    await link.down()
    await ada.page.reload()
    await ada.sees("Remember this")
    await ada.status_begins("(Offline|Reconnecting|Disconnected)", within=10_000)
    await ada.page.locator(".composer-text").fill("Written without a network")
    await ada.page.get_by_role("button", name="Send", exact=True).click()
    await ada.sees("Written without a network")
    await ada.page.reload()
    await ada.sees("Written without a network")
    await link.up()
    await ada.is_sent("Written without a network", within=10_000)
    await bob.sees_in_order(["Remember this", "Written without a network"])
    said = [row["text"] for row in Shelf(house.database_url).kept(hangar.conversation_id)]
    assert said == ["Remember this", "Written without a network"]


async def test_where_one_went_without_loading_a_page_is_there_too_with_its_sidebar(
    signs_in, scene, hangar, link
):
    ada, tower = await signs_in("ada", link.address), scene.room()
    await ada.opens(hangar.page)
    await is_kept(ada, hangar.page)
    loaded = await ada.page.reload()  # now the worker hears of what is loaded, and is told what is fetched
    async with ada.page.expect_response(lambda answer: answer.url.endswith(tower.page)) as fetched:
        await goes(ada, tower)
    assert loaded.from_service_worker and not (await fetched.value).from_service_worker
    await is_kept(ada, tower.page)
    await link.down()
    await ada.page.reload()
    await expect(ada.page.locator(f'.sidebar a[href="{hangar.page}"]').first).to_be_visible()
    await expect(ada.page.locator('.sidebar [aria-current="page"]')).to_have_attribute("href", tower.page)
    await expect(ada.page.locator(".timeline")).to_be_visible()
    await link.up()


async def test_where_one_went_before_there_was_a_worker_is_there_too(signs_in, scene, hangar, link):
    ada, tower, shed = await signs_in("ada", link.address), scene.room(), scene.room()
    page = (await ada.opens("/healthz", live=False)).page
    await page.add_init_script(WORKER_WAITS)
    await ada.opens(hangar.page)
    await goes(ada, tower)
    async with is_made_ready(ada, tower):
        await goes(ada, shed)
    assert not await page.evaluate("navigator.serviceWorker.getRegistration()")
    await page.evaluate("window.goOn()")
    for place in (hangar, tower, shed):
        await is_kept(ada, place.page)
    await link.down()
    await page.reload()
    await expect(page.locator('.sidebar [aria-current="page"]')).to_have_attribute("href", shed.page)
    await goes(ada, tower)
    await link.up()


async def test_what_is_read_without_a_network_stays_read(signs_in, scene, link):
    """On the page where it was read, on the next one, and on every other screen once there is a line again."""
    hangar, tower = scene.room(), scene.room()
    ada, phone = await signs_in("ada", link.address), await signs_in("ada")
    await ada.opens(tower.page)
    await is_kept(ada, tower.page)
    await ada.opens(hangar.page), await phone.opens("/messaging/")
    await ada.page.evaluate("document.hasFocus = () => false")
    for text in ("One", "Two", "Three"):
        scene.stage.ask("post", by=scene.ids["bob"], conversation_id=hangar.conversation_id, text=text)
    here, there = (
        one.page.locator(f'.sidebar unread-badge[data-conversation="{hangar.conversation_id}"]')
        for one in (ada, phone)
    )
    for badge in (here, there):
        await expect(badge).to_have_text("3 unread")
    await link.down()
    await ada.status_begins("(Reconnecting|Disconnected|Offline)", within=10_000)
    await ada.page.evaluate("() => { delete document.hasFocus; window.dispatchEvent(new Event('focus')); }")
    await expect(here).to_be_hidden()
    await goes(ada, tower)
    await expect(here).to_be_hidden()
    await link.up()
    await ada.status_begins("Connected", within=10_000)
    for badge in (there, here):
        await expect(badge).to_be_hidden(timeout=10_000)


async def test_without_a_network_the_link_of_where_one_is_takes_nothing_away(signs_in, bob, hangar, link):
    ada = await signs_in("ada", link.address)
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await is_kept(ada, hangar.page)
    await bob.writes("Said since it was kept")
    await ada.sees("Said since it was kept")
    await link.down()
    await ada.page.locator(f'.sidebar a[href="{hangar.page}"]').first.click()
    await expect(ada.composer).to_be_focused()
    await ada.sees("Said since it was kept")
    await link.up()
    await bob.writes("And after that")
    await ada.sees_in_order(["Said since it was kept", "And after that"], within=10_000)


async def test_what_was_said_since_a_page_was_kept_is_there_without_a_network(
    signs_in, bob, scene, hangar, link
):
    ada, tower = await signs_in("ada", link.address), scene.room()
    await ada.opens(tower.page), await bob.opens(hangar.page)
    await is_kept(ada, tower.page)
    await goes(ada, hangar)
    await is_kept(ada, hangar.page)
    await bob.writes("Said </script> since it was kept")
    await ada.sees("Said </script> since it was kept")
    await link.down()
    await goes(ada, tower)
    await expect(ada.article("since it was kept")).to_have_count(0)
    await goes(ada, hangar)
    await ada.sees("Said </script> since it was kept")
    await ada.page.reload()
    await ada.sees("Said </script> since it was kept")
    await link.up()
    await bob.writes("And after that")
    await ada.sees_in_order(["since it was kept", "And after that"], within=10_000)


async def test_a_page_never_seen_here_says_so(signs_in, hangar, link):
    ada = await signs_in("ada", link.address)
    await ada.opens("/messaging/")
    await is_kept(ada, "/messaging/")
    await link.down()
    await ada.opens("/boards/4711/", live=False)
    await expect(ada.page.get_by_role("heading", name="No connection")).to_be_visible()
    await link.up()


async def test_without_a_network_it_speaks_the_language_that_was_chosen(signs_in, hangar, link):
    ada = await signs_in("ada", link.address)
    await ada.opens(hangar.page)
    await is_kept(ada, hangar.page)
    async with speaks(ada, "de"):
        await holds(ada, SPEAKS, {"path": "/offline/?language=de", "language": "de"})
        await holds(ada, SPEAKS, {"path": hangar.page, "language": "de"})
        await link.down()
        await ada.opens("/boards/4711/", live=False)
        await expect(ada.page.locator(":root[lang=de]")).to_have_count(1)
        await link.up()


async def test_signing_out_leaves_nothing(signs_in, hangar):
    ada = await signs_in("ada")
    await ada.opens(hangar.page)
    await is_kept(ada, hangar.page)
    await ada.page.get_by_role("button", name="Sign out").first.click()
    await expect(ada.page).to_have_url(re.compile("/accounts/login/"))
    await holds(ada, f"async () => Object.keys(await ({KEPT})()).length === 0")


async def test_another_person_finds_nothing_of_the_first(signs_in, scene, hangar):
    ada = await signs_in("ada")
    await ada.opens(hangar.page)
    await is_kept(ada, hangar.page)
    cookie = scene.stage.ask("sign_in", user_id=scene.ids["bob"])
    await ada.context.add_cookies([{"name": "sessionid", "value": cookie, "url": f"http://{ada.address}"}])
    await ada.opens("/messaging/")
    await holds(
        ada, f"async (name) => String(Object.keys(await ({KEPT})())) === name", f"pages-{scene.ids['bob']}"
    )
    kept = await ada.page.evaluate(KEPT)
    assert hangar.page not in [path for pages in kept.values() for path in pages]


@pytest.mark.parametrize("has_network", [True, False], ids=["online", "offline"])
async def test_s82_who_comes_after_somebody_signed_out_finds_nothing_of_theirs(
    signs_in, scene, link, has_network
):
    """What was said, what waits to be sent and what was begun: shown by no page, and nowhere on the disk."""
    ada = await signs_in("ada", link.address)
    cockpit, tower = scene.room(private_to=("ada",)), scene.room(private_to=("ada",))
    await ada.opens(cockpit.page)
    await ada.writes("Kestrel flies"), await ada.is_sent("Kestrel flies")
    await ada.page.reload()
    await holds(ada, f"async (words) => (await ({PLACES})(words)).includes('pages')", "Kestrel flies")
    await ada.opens(tower.page)
    await is_kept(ada, tower.page)
    await link.down()
    await ada.status_begins("(Reconnecting|Disconnected|Offline)", within=10_000)
    await ada.writes("Kestrel waits"), await ada.sees("Kestrel waits")
    await ada.composer.fill("Kestrel begins")
    for words, place in (("Kestrel waits", "indexedDB"), ("Kestrel begins", "localStorage")):
        await holds(ada, f"async (words) => (await ({PLACES})(words)).includes('{place}')", words)

    await ada.page.get_by_role("button", name="Sign out").first.click()
    async with ada.page.expect_event("requestfailed", lambda asked: asked.method == "POST"):
        await ada.page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    await ada.page.close()
    ada.page = None
    await link.up()
    cookie = scene.stage.ask("sign_in", user_id=scene.ids["bob"])
    await ada.context.add_cookies([{"name": "sessionid", "value": cookie, "url": f"http://{ada.address}"}])
    await ada.opens("/messaging/")
    await is_kept(ada, "/messaging/")
    assert await ada.page.evaluate(PLACES, "Kestrel") == []
    if not has_network:
        await link.down()
    for page in (cockpit.page, tower.page):
        await ada.opens(page, live=False)
        await expect(ada.page.get_by_role("heading", level=1)).to_be_visible()
        assert "Kestrel" not in await ada.page.content()
    if not has_network:
        await link.up()


async def test_what_is_sent_and_downloaded_is_left_alone(signs_in, hangar):
    ada = await signs_in("ada")
    await ada.opens(hangar.page)
    await is_kept(ada, hangar.page)
    names = await ada.page.evaluate(EVERYTHING)
    strange = [
        path
        for path in names
        if not re.match(r"/static/|/messaging/(room/\d+/)?$|/boards/task/|/offline/$", path)
    ]
    assert strange == [] and len(names) > 50


async def test_the_app_can_be_installed(signs_in):
    ada = await signs_in("ada")
    await ada.opens("/messaging/")
    told = await ada.page.evaluate(
        "async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json()"
    )
    assert told["display"] == "standalone" and told["start_url"] == "/messaging/"
    for icon in told["icons"]:
        size = await ada.page.evaluate(
            """async (address) => {
                const picture = await createImageBitmap(await (await fetch(address)).blob());
                return `${picture.width}x${picture.height}`;
            }""",
            icon["src"],
        )
        assert size == icon["sizes"]


async def test_what_was_said_in_a_room_that_was_left_goes_as_soon_as_there_is_a_line(
    signs_in, bob, scene, hangar, link
):
    """The browser hears of no network that came, and another page says how much waits."""
    ada, tower = await signs_in("ada", link.address), scene.room()
    for path in ("/messaging/", tower.page, hangar.page):
        await ada.opens(path)
        await is_kept(ada, path)
    await bob.opens(hangar.page)
    await link.down()
    await ada.status_begins("(Offline|Reconnecting|Disconnected)", within=10_000)
    await ada.writes("Left behind")
    await goes(ada, tower)
    await ada.page.locator('.sidebar a[href="/messaging/"]').first.click()
    await expect(ada.status).to_have_text(re.compile("1 message waiting$"))
    await link.up()
    await ada.status_begins("Connected", within=10_000)
    await bob.sees("Left behind", within=3_000)


async def test_a_room_that_was_seen_is_there_before_a_server_that_says_nothing(
    signs_in, bob, scene, hangar, link
):
    """Its line, which is answered, brings what was missed."""
    ada, tower = await signs_in("ada", link.address), scene.room()
    for room in (hangar, tower):
        await ada.opens(room.page)
        await is_kept(ada, room.page)
    await bob.opens(hangar.page)
    await bob.writes("Said since it was kept")
    await bob.is_sent("Said since it was kept")
    async with silent(ada, f"**{hangar.page}"):
        await ada.page.locator(f'.sidebar a[href="{hangar.page}"]').first.click()
        await ada.sees("Said since it was kept", within=12_000)
        await expect(ada.page).to_have_url(re.compile(hangar.page))


async def test_a_page_that_was_seen_is_loaded_from_a_network_that_says_nothing(signs_in, bob, hangar, link):
    ada = await signs_in("ada", link.address)
    await bob.opens(hangar.page)
    await bob.writes("Said before")
    await ada.opens(hangar.page)
    await is_kept(ada, hangar.page)
    link.to_client.swallow()
    await ada.page.reload(wait_until="commit")
    await ada.sees("Said before", within=10_000)
    await bob.writes("Said meanwhile")
    link.to_client.heal()
    await ada.sees("Said meanwhile", within=15_000)


@asynccontextmanager
async def silent(visitor, pattern):
    """Who asks for such a page waits for ever."""
    hung = []
    await visitor.context.route(pattern, lambda route: hung.append(route))
    yield
    await visitor.context.unroute(pattern)
    for route in hung:
        with suppress(Error):
            await route.abort()
