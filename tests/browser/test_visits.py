"""Going from page to page loads none: what is left lets go, what is entered is as if it had been loaded."""

import asyncio
import re
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect

from .test_reading import AT_END, SETTLED

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.service_worker]
SWITCHES = 30
LOOKS = 50  # at what is left behind, 0.2 s apart
# The list itself grows upwards, beyond what is seen.
LIST = ('<div class="messages"', "<ol role=")
CLICK = """(path) => new Promise((resolve) => {
    const began = performance.now(), link = document.querySelector(`.sidebar a[href="${path}"]`);
    const drawn = () => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
    const app = document.querySelector(".app");
    new MutationObserver((_, seen) => (seen.disconnect(), drawn())).observe(app, { childList: true });
    link.click();
})"""

# Where each message in sight stands, by its number.
TOPS = """() => {
    const { top, bottom } = document.querySelector(".timeline-scroll").getBoundingClientRect();
    const stands = (row) => [row.dataset.seq, row.getBoundingClientRect()];
    const all = [...document.querySelectorAll(".message")].map(stands);
    const inSight = all.filter(([, at]) => at.bottom > top && at.top < bottom);
    return Object.fromEntries(inSight.map(([seq, at]) => [seq, at.top]));
}"""

# Of the rows of the next page, in its first frame: how many there are, are set aside, and are so though in sight, and
# where those in sight stand; also how far from its end it stands then.
FIRST_FRAME = """() => { window.first = new Promise((resolve) => {
    const look = () => {
        const tops = (TOPS)();
        const scroller = document.querySelector(".timeline-scroll"), { top, bottom } = scroller.getBoundingClientRect();
        const isInSight = (row) => row.getBoundingClientRect().bottom > top && row.getBoundingClientRect().top < bottom;
        const [rows, far] = [".message", "[data-far]"].map((which) => [...scroller.querySelectorAll(which)]);
        const left = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
        resolve({ rows: rows.length, far: far.length, blank: far.filter(isInSight).length, left, tops });
    };
    new MutationObserver((_, seen) => (seen.disconnect(), requestAnimationFrame(look)))
        .observe(document.querySelector(".app"), { childList: true });
}) }""".replace("TOPS", TOPS)

# What moves from now on, by its class or as a picture of it, and what is pushed elsewhere, by its beginning, also just
# after a click. But for the tools of the header, which stand at its end and grow towards its beginning, with words none
# sees then.
WATCH = """() => {
    Object.assign(window, { moved: [], shifted: [] });
    addEventListener("animationstart", (one) => window.moved.push(one.pseudoElement || one.target.className));
    const pushed = (list) => list.getEntries().flatMap(({ sources }) => sources.map(({ node }) => node))
        .filter((node) => !node?.parentElement.closest(".header")).map((node) => node?.outerHTML.slice(0, 80));
    new PerformanceObserver((list) => window.shifted.push(...pushed(list))).observe({ type: "layout-shift" });
}"""


@pytest.fixture
def tower(scene):
    return scene.room()


SCROLLED = """() => [
    document.querySelector("[data-columns]").scrollLeft,
    [...document.querySelectorAll("[data-cards]")].at(-1).scrollTop,
]"""


async def goes(visitor, place):
    """By its link in the sidebar."""
    await visitor.page.locator(f'.sidebar a[href="{place.page}"]').first.click()
    await expect(visitor.page).to_have_url(re.compile(re.escape(place.page)))


async def is_same_document(visitor):
    return await visitor.page.evaluate("window.stays === true")


async def stays(visitor):
    await expect(visitor.page.locator(":root[data-whole]")).to_have_count(1)
    await visitor.page.evaluate("window.stays = true")


async def test_a_room_is_entered_without_loading_a_page(ada, bob, hangar, tower):
    await ada.opens(hangar.page), await bob.opens(tower.page)
    await stays(ada)
    await goes(ada, tower)
    name = await ada.page.locator("h1").inner_text()
    await expect(ada.page).to_have_title(re.compile(f"{name} · PrizmAI$"))
    await expect(ada.page.locator("#announcer")).to_have_text(f"{name} · PrizmAI")
    await expect(ada.page.locator('.sidebar [aria-current="page"]')).to_contain_text(name)
    await expect(ada.composer).to_be_focused()
    await ada.status_begins("Connected")
    await ada.writes("Over to you")
    await bob.sees("Over to you")
    await bob.writes("And back")
    await ada.sees_in_order(["Over to you", "And back"])
    assert await is_same_document(ada)


async def test_what_was_said_comes_into_sight_and_nothing_shifts(ada, hangar, tower):
    await ada.opens(hangar.page)
    await stays(ada)
    await ada.page.evaluate(WATCH)
    await goes(ada, tower)
    await ada.page.wait_for_function("() => window.moved.includes('::view-transition-new(timeline)')")
    await ada.status_begins("Connected")
    assert await ada.page.evaluate("window.shifted") == []
    assert not {"header", "sidebar", "main", "panel", "composer"} & {*await ada.page.evaluate("window.moved")}


@pytest.fixture
def talk(scene):
    """A room in which Bob has said a great deal, of which Ada has read nothing new, and Bob all."""
    room = scene.room()
    by = scene.ids["bob"]
    scene.stage.ask("has_talked", by=by, conversation_id=room.conversation_id, count=400, read=[by])
    return room


async def stand_where_they_stood(visitor, tops):
    now = await visitor.page.evaluate(TOPS)
    assert {seq: now.get(seq) for seq in tops} == tops


async def test_what_is_in_sight_is_drawn_first_and_the_rest_at_once(bob, hangar, talk):
    await bob.opens(hangar.page)
    await stays(bob)
    for height, sets_aside in ((720, True), (6_000, False)):  # all of it is in sight then
        await bob.page.set_viewport_size({"width": 1280, "height": height})
        await bob.page.evaluate(SETTLED)
        await bob.page.evaluate(WATCH)
        await bob.page.evaluate(FIRST_FRAME)
        await goes(bob, talk)
        first = await bob.page.evaluate("window.first")
        assert first["rows"] >= 50 and first["blank"] == 0 and first["left"] < 2
        assert (first["far"] > 10) is sets_aside
        await expect(bob.page.locator("[data-far]")).to_have_count(0)
        await bob.status_begins("Connected")
        shifted = await bob.page.evaluate("window.shifted")
        assert await bob.page.evaluate(AT_END)
        assert [one for one in shifted if not one.startswith(LIST)] == []
        await stand_where_they_stood(bob, first["tops"])
        await goes(bob, hangar)


async def test_where_reading_goes_on_is_drawn_first(ada, hangar, talk):
    await ada.opens(hangar.page)
    await ada.page.evaluate(FIRST_FRAME)
    await goes(ada, talk)
    first = await ada.page.evaluate("window.first")
    assert first["far"] > 10 and first["blank"] == 0
    await expect(ada.page.locator(".unread-line")).to_be_in_viewport()
    await expect(ada.page.locator("[data-far]")).to_have_count(0)
    await expect(ada.page.locator(".unread-line")).to_be_in_viewport()
    await stand_where_they_stood(ada, first["tops"])


async def test_who_clicks_quickly_is_where_they_clicked_last(ada, bob, hangar, tower):
    await ada.opens("/messaging/", live=False), await bob.opens(tower.page)
    await stays(ada)
    clicks = """(paths) => { for (const path of paths) document.querySelector(`.sidebar a[href="${path}"]`).click() }"""
    await ada.page.evaluate(clicks, [tower.page, hangar.page, tower.page, hangar.page, tower.page])
    await expect(ada.page).to_have_url(re.compile(re.escape(tower.page)))
    await ada.status_begins("Connected")
    await ada.writes("Up here")
    await bob.sees("Up here")
    await expect(ada.page).to_have_url(re.compile(re.escape(tower.page)))
    assert await is_same_document(ada)


async def test_the_back_button_leads_back(ada, hangar, tower, scene):
    await ada.opens("/messaging/", live=False)
    await stays(ada)
    await goes(ada, hangar)
    await ada.writes("Here")
    await ada.is_sent("Here")
    await goes(ada, tower)
    await expect(ada.article("Here")).to_have_count(0)
    await ada.page.go_back()
    await ada.sees("Here")
    await expect(ada.page).to_have_url(re.compile(hangar.page))
    await ada.page.go_forward()
    await expect(ada.page).to_have_url(re.compile(tower.page))
    await expect(ada.article("Here")).to_have_count(0)
    await ada.page.locator(".sidebar").get_by_role("link", name="Boards").click()
    await ada.page.locator("main").get_by_role("link", name="Airfield").click()
    await expect(ada.column("To do")).to_be_visible()
    await ada.status_begins("Connected")
    assert await is_same_document(ada)


async def test_back_from_a_card_the_board_is_where_it_was_left(ada, scene):
    tell, by = scene.stage.ask, scene.ids["ada"]
    board = tell("make_board", by=by, name="Long")
    for n in range(12):
        tell("make_task", by=by, column_id=tell("columns", board_id=board)[-1], title=f"Wing {n}")
    await ada.opens(f"/boards/{board}/")
    await ada.page.set_viewport_size({"width": 600, "height": 600})
    await stays(ada)
    await ada.page.keyboard.press("/")
    await ada.page.keyboard.type("wing")
    for title in ("Wing 9", "Wing 10"):
        link = ada.page.get_by_role("link", name=title, exact=True)
        await link.scroll_into_view_if_needed()
        await expect(ada.page).to_have_url(re.compile("words=wing$"))
        places = await ada.page.evaluate(SCROLLED)
        assert min(places) > 0
        await link.click()
        await expect(ada.page.get_by_role("heading", name=title, level=1)).to_be_visible()
        await ada.page.get_by_role("link", name="Back").click()
        await expect(link).to_be_focused()
        assert await ada.page.evaluate(SCROLLED) == places
    await expect(ada.page).to_have_url(re.compile("words=wing$"))
    assert await is_same_document(ada)


async def test_who_leaves_a_board_with_a_card_in_the_hand_lets_go_of_it(ada, hangar, scene):
    tell, by = scene.stage.ask, scene.ids["ada"]
    board = tell("make_board", by=by, name="Left behind")
    tell("make_task", by=by, column_id=tell("columns", board_id=board)[0], title="Hot")
    await ada.opens(hangar.page)
    await stays(ada)
    await ada.page.locator(".sidebar").get_by_role("link", name="Boards").click()
    await ada.page.locator("main").get_by_role("link", name="Left behind").click()
    await ada.status_begins("Connected")
    card, mouse = await ada.card("Hot").bounding_box(), ada.page.mouse
    await mouse.move(card["x"] + card["width"] / 2, card["y"] + 8)
    await mouse.down()
    await mouse.move(card["x"] + card["width"] / 2, card["y"] + 60, steps=3)
    await expect(ada.page.locator("board-live[data-dragging] [data-lifted]")).to_have_count(1)
    left = await ada.page.query_selector("board-live")
    await ada.page.go_back()
    await expect(ada.page.locator("board-live")).to_have_count(0)
    assert await is_same_document(ada)
    assert await left.evaluate("board => !board.querySelector('[data-lifted], .card-ghost')")
    assert not await left.evaluate("board => board.hasAttribute('data-dragging')")


async def test_forward_again_before_the_page_behind_has_come_changes_nothing(ada, hangar, tower):
    asked, may_come = asyncio.Event(), asyncio.Event()

    async def slowly(route):
        asked.set()
        await may_come.wait()
        await route.continue_()

    await ada.opens(hangar.page)
    await ada.context.route(f"**{hangar.page}*", slowly)
    await goes(ada, tower)
    await ada.status_begins("Connected")
    name = await ada.page.locator("h1").inner_text()
    await ada.page.evaluate("history.back()")
    await asked.wait()
    await ada.page.evaluate("history.forward()")
    await expect(ada.page).to_have_url(re.compile(re.escape(tower.page)))
    async with ada.page.expect_response(f"**{hangar.page}*"):
        may_come.set()
    await ada.writes("Said in the tower")
    await ada.is_sent("Said in the tower")
    await expect(ada.page.locator("h1")).to_have_text(name)


@pytest.fixture
def asked(ada):
    """The pages her browser has asked the server for, in their order."""
    paths = []
    ada.context.on("request", lambda request: paths.append(urlsplit(request.url).path))
    return paths


@pytest.fixture
def told(ada):
    """What her inbox has heard, in its order."""
    frames = []

    def listen(line):
        if "/ws/inbox/" in line.url:
            line.on("framereceived", lambda frame: frames.append(frame))

    ada.context.on("page", lambda page: page.on("websocket", listen))
    return frames


async def is_told_of(told, place):
    """A page that was made ready before the inbox heard of what was said there is ready no longer."""
    async with asyncio.timeout(5):
        while not any(re.search(rf'"conversation_id": ?{place.conversation_id}\b', str(one)) for one in told):
            await asyncio.sleep(0.02)


@asynccontextmanager
async def is_made_ready(visitor, place):
    """The place is left herein: afterwards its page has been fetched once more, and the browser is at rest."""
    async with visitor.page.expect_response(
        lambda answer: urlsplit(answer.url).path == place.page
    ) as answered:
        yield
    await (await answered.value).finished()
    await visitor.page.evaluate("() => new Promise((rested) => requestIdleCallback(rested))")


async def test_who_comes_back_to_a_room_asks_for_nothing(ada, bob, hangar, tower, asked, told):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await stays(ada)
    told.clear()
    await ada.writes("Said while I was here")
    await ada.is_sent("Said while I was here")
    await is_told_of(told, hangar)
    async with is_made_ready(ada, hangar):
        await goes(ada, tower)
    asked.clear()
    await goes(ada, hangar)
    await ada.sees("Said while I was here")
    await ada.status_begins("Connected")
    assert hangar.page not in asked
    await bob.writes("Welcome back")
    await ada.sees_in_order(["Said while I was here", "Welcome back"])


async def test_what_was_said_meanwhile_is_there_and_new(ada, bob, hangar, tower, asked):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    async with is_made_ready(ada, hangar):
        await goes(ada, tower)
    await bob.writes("Said while you were away")
    badge = ada.page.locator(f'.sidebar unread-badge[data-conversation="{hangar.conversation_id}"]')
    await expect(badge.first).to_contain_text("1")
    asked.clear()
    await goes(ada, hangar)
    await ada.sees("Said while you were away")
    await expect(ada.page.locator(".unread-line")).to_be_visible()
    assert hangar.page in asked


async def test_nothing_of_a_room_is_left_behind(ada, hangar, tower):
    """Thirty switches: two lines are open then as they were before, and no more listeners than after the first."""
    lines = set()
    await ada.opens("/healthz", live=False)  # a page without a line of its own
    ada.page.on("websocket", lambda line: (lines.add(line), line.on("close", lambda one: lines.discard(one))))
    await ada.opens("/messaging/", live=False)
    watch = await ada.context.new_cdp_session(ada.page)
    await watch.send("Performance.enable")
    await goes(ada, hangar), await goes(ada, tower)
    before = await listeners(watch)
    for number in range(SWITCHES):
        await ada.page.evaluate(CLICK, (hangar, tower)[number % 2].page)
    await ada.status_begins("Connected")
    # What the last visits had under way is let go a moment later.
    for _ in range(LOOKS):
        left = ways_of(lines), await listeners(watch)
        if left[0] == [f"chat-room/{tower.id}/", "inbox/"] and left[1] < before * 1.5:
            break
        await asyncio.sleep(0.2)
    else:
        pytest.fail(f"{left} are left, and {before} listeners were there before")


def ways_of(lines):
    return sorted(line.url.partition("?")[0].rpartition("/ws/")[2] for line in lines)


async def listeners(watch):
    await watch.send("HeapProfiler.enable")
    await watch.send("HeapProfiler.collectGarbage")
    metrics = (await watch.send("Performance.getMetrics"))["metrics"]
    return next(one["value"] for one in metrics if one["name"] == "JSEventListeners")


async def test_a_pasted_address_of_ours_opens_where_one_is(ada, bob, hangar, tower, scene):
    said = scene.stage.ask(
        "post", by=scene.ids["bob"], conversation_id=tower.conversation_id, text="Look here"
    )
    await ada.opens(hangar.page)
    await stays(ada)
    address = f"http://{ada.address}{tower.page}?around=1#message-{said}"
    await ada.writes(address)
    await ada.is_sent(address)
    await ada.article(address).get_by_role("link", name=address).click()
    await expect(ada.article("Look here")).to_be_focused()
    assert await is_same_document(ada)
    assert len(ada.context.pages) == 1


async def test_other_clicks_are_the_browsers(ada, hangar, tower):
    await ada.opens(hangar.page)
    async with ada.context.expect_page() as opened:
        await ada.page.locator(f'.sidebar a[href="{tower.page}"]').first.click(modifiers=["ControlOrMeta"])
    await expect(await opened.value).to_have_url(re.compile(tower.page))
    await expect(ada.page).to_have_url(re.compile(hangar.page))


async def test_what_is_no_page_of_the_frame_is_loaded(ada, hangar):
    await ada.opens(hangar.page)
    await stays(ada)
    link = """() => { const link = document.createElement("a");
              link.href = "/messaging/room/999999/"; link.textContent = "Gone";
              document.querySelector(".sidebar-scroll").prepend(link); }"""
    await ada.page.evaluate(link)
    await ada.page.get_by_role("link", name="Gone").click()
    await expect(ada.page.get_by_role("heading", name="There is nothing here")).to_be_visible()
    assert not await is_same_document(ada)


@asynccontextmanager
async def speaks(visitor, language):
    """In the meantime: they have chosen it in another tab."""
    profile = (await visitor.tab("/accounts/profile/")).page
    await _chooses(profile, language)
    await expect(profile.locator(f":root[lang={language}][data-whole]")).to_have_count(1)
    try:
        yield
    finally:
        await _chooses(profile, "")
        await expect(profile.locator(":root[lang=en]")).to_have_count(1)


async def _chooses(profile, language):
    await profile.locator("[name=language]").select_option(language)
    await profile.locator(".account-form .button.primary").click()


async def test_after_a_change_of_language_no_page_of_the_former_is_shown(ada, hangar, tower):
    await ada.opens(hangar.page)
    async with is_made_ready(ada, hangar):
        await goes(ada, tower)
    await stays(ada)
    async with speaks(ada, "de"):
        await goes(ada, hangar)
        await expect(ada.page.locator(":root[lang=de] .header-tools")).to_contain_text("Verbunden")
    assert not await is_same_document(ada)


async def test_a_page_in_another_language_is_loaded_though_its_code_is_the_same(ada, hangar, tower):
    await ada.opens(hangar.page)
    await stays(ada)
    await ada.page.evaluate("document.documentElement.lang = 'xx'")
    await goes(ada, tower)
    await ada.status_begins("Connected")
    assert not await is_same_document(ada)


async def test_after_an_update_the_next_page_is_loaded(ada, hangar, tower):
    await ada.opens(hangar.page)
    await stays(ada)
    await ada.page.evaluate("document.querySelector('script[type=importmap]').textContent += ' '")
    await goes(ada, tower)
    await ada.status_begins("Connected")
    assert not await is_same_document(ada)


async def test_without_a_network_one_stays(ada, hangar, tower):
    await ada.opens(hangar.page)
    await ada.context.set_offline(True)
    await ada.page.locator(f'.sidebar a[href="{tower.page}"]').first.click()
    await expect(ada.page.get_by_text("You are still here")).to_be_visible()
    await expect(ada.page).to_have_url(re.compile(hangar.page))
    await ada.composer.fill("Still writing")
    await ada.context.set_offline(False)
    await goes(ada, tower)
