"""A reader's place is theirs: nothing that comes, goes or grows moves it; the past is loaded where one goes."""

import io
import re

import pytest
from PIL import Image
from playwright.async_api import expect

pytestmark = pytest.mark.asyncio(loop_scope="session")

# The first message in sight, how far it stands below the upper edge, and how many are drawn.
PLACE = """() => {
    const scroller = document.querySelector(".timeline-scroll"), edge = scroller.getBoundingClientRect().top;
    const rows = [...scroller.querySelectorAll(".message")];
    const row = rows.find((one) => one.getBoundingClientRect().bottom > edge);
    return { seq: Number(row.dataset.seq), top: row.getBoundingClientRect().top - edge, rows: rows.length };
}"""
SETTLED = """() => new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
})"""
AT_END = """() => {
    const { scrollHeight, scrollTop, clientHeight } = document.querySelector(".timeline-scroll");
    return scrollHeight - scrollTop - clientHeight < 2;
}"""
SHIFTS = """window.shifts = [];
    new PerformanceObserver((list) => shifts.push(...list.getEntries().map(({ value }) => value)))
        .observe({ type: "layout-shift", buffered: true });"""
LONG = 400


@pytest.fixture
def talk(scene):
    """A room in which Bob has said a great deal, all of which both have read."""
    room = scene.room()
    ids = [scene.ids["ada"], scene.ids["bob"]]
    scene.stage.ask("has_talked", by=ids[1], conversation_id=room.conversation_id, count=LONG, read=ids)
    return room


async def place(visitor):
    await visitor.page.evaluate(SETTLED)
    return await visitor.page.evaluate(PLACE)


async def stays_at(visitor, before):
    now = await place(visitor)
    assert now["seq"] == before["seq"] and abs(now["top"] - before["top"]) <= 1, (before, now)


async def scrolls(visitor, pixels):
    """By the wheel, over the timeline, until it has come to rest."""
    await visitor.page.locator(".timeline-scroll").hover()
    await visitor.page.mouse.wheel(0, pixels)
    seen = None
    while seen != (seen := await place(visitor)):
        pass


def button(visitor, name):
    return visitor.page.get_by_role("button", name=name)


def row(visitor, number):
    return visitor.log.locator(".message").filter(has_text=re.compile(rf"number {number} ")).first


async def test_a_reader_keeps_their_place(ada, bob, talk):
    await ada.opens(talk.page), await bob.opens(talk.page)
    await scrolls(ada, -900)
    before = await place(ada)
    for text in ("One more", "And another"):
        await bob.writes(text)
    await expect(button(ada, "2 new messages below")).to_be_visible()
    await stays_at(ada, before)

    above = row(ada, before["seq"] - 8)
    await above.evaluate("(row) => { row.firstElementChild.style.paddingBlockEnd = '333px'; }")
    await stays_at(ada, before)
    for height in (420, 720):  # a keyboard opens, and closes
        await ada.page.set_viewport_size({"width": 1280, "height": height})
        await stays_at(ada, before)
    await ada.page.set_viewport_size({"width": 700, "height": 720})
    assert (await place(ada))["seq"] == before["seq"]
    await button(ada, "2 new messages below").click()
    await ada.page.wait_for_function(AT_END)
    await expect(button(ada, "To the end")).to_be_hidden()


async def test_who_is_at_the_end_stays_there(ada, bob, talk):
    await ada.opens(talk.page), await bob.opens(talk.page)
    assert await ada.page.evaluate(AT_END)
    await bob.writes("The last word\n" * 5)
    await ada.sees("The last word")
    await ada.page.set_viewport_size({"width": 1280, "height": 400})
    await ada.page.evaluate(SETTLED)
    assert await ada.page.evaluate(AT_END)
    await scrolls(ada, -900)
    await ada.writes("Mine brings me back")
    await ada.page.wait_for_function(AT_END)


async def test_the_past_comes_as_one_goes_and_leaves_again(ada, talk):
    await ada.opens(talk.page)
    most = 0
    while (now := await place(ada))["seq"] > 60:
        most = max(most, now["rows"])
        await scrolls(ada, -6_000)
    assert 200 < most <= 360, "all is never drawn at once"
    await expect(row(ada, LONG)).to_have_count(1)  # the end is never far
    await scrolls(ada, 600)  # off the edge, where the page before this one may still come into sight
    before = await place(ada)
    hole = button(ada, re.compile(r"Load what is between \(\d+\)"))
    await expect(hole).to_have_count(1)
    await hole.evaluate("(one) => one.click()")
    await ada.page.wait_for_function("() => !document.querySelector('.hole[data-busy]')")
    await stays_at(ada, before)


async def test_a_quote_leads_far_back_and_back_leads_here(ada, bob, talk, scene):
    await bob.opens(f"{talk.page}?around=7")
    first = row(bob, 7)
    await first.locator("article").focus()
    await bob.page.keyboard.press("r")
    await bob.writes("As I said")
    await ada.opens(talk.page)
    before = await place(ada)
    await ada.article("As I said").get_by_role("link", name=re.compile("number 7")).click()
    await expect(row(ada, 7)).to_be_in_viewport()
    await expect(row(ada, 7).locator("article")).to_be_focused()
    await expect(button(ada, re.compile("Load what is between"))).to_have_count(1)
    await ada.page.go_back()
    await ada.page.wait_for_function(AT_END)
    await stays_at(ada, before)


async def test_a_day_is_gone_to(ada, talk):
    await ada.opens(talk.page)
    await scrolls(ada, -900)
    while await ada.page.locator(".timeline-day[data-quiet]").count():  # a day's own line is in sight
        await scrolls(ada, -150)
    first_day = await ada.page.evaluate("new Date(Date.now() - 4 * 86400_000).toLocaleDateString('sv')")
    await ada.page.locator(".timeline-day").click()
    await ada.page.get_by_role("textbox", name="Day").fill(first_day)
    await button(ada, "Go there").click()
    await ada.page.wait_for_function(
        """(day) => { const row = document.querySelector(".message[data-pointed]");
            return row && new Date(row.message.timestamp).toLocaleDateString("sv") === day
                && row.previousElementSibling.matches(".day"); }""",
        arg=first_day,
    )


async def test_only_what_was_in_sight_is_read(ada, scene):
    room = scene.room()
    ids = [scene.ids["ada"], scene.ids["bob"]]
    scene.stage.ask("has_talked", by=ids[1], conversation_id=room.conversation_id, count=20, read=ids)
    scene.stage.ask("has_talked", by=ids[1], conversation_id=room.conversation_id, count=120)
    await ada.opens("/messaging/", live=False)
    badge = ada.page.locator(f'unread-badge[data-conversation="{room.conversation_id}"]').first
    await expect(badge).to_contain_text("120")
    await ada.opens(room.page)
    await expect(ada.log.get_by_text("New", exact=True)).to_be_in_viewport()
    await ada.opens("/messaging/", live=False)
    assert 80 < int((await badge.inner_text()).split()[0]) < 120
    await ada.opens(room.page)
    await button(ada, "To the end").click()
    await ada.page.wait_for_function(AT_END)
    await ada.opens("/messaging/", live=False)
    await expect(badge).to_be_hidden()


async def test_what_comes_while_nobody_looks_is_not_read(ada, bob, talk):
    await ada.opens(talk.page), await bob.opens("/messaging/", live=False)
    await ada.page.evaluate("document.hasFocus = () => false")
    await bob.opens(talk.page)
    for number in range(3):
        await bob.writes(f"Are you there {number}\n" + "…\n" * 12)
        await ada.sees(f"Are you there {number}")
    await expect(ada.log.get_by_text("New", exact=True)).to_be_in_viewport()
    await expect(ada.article("Are you there 2")).not_to_be_in_viewport()
    await expect(button(bob, "Read by")).to_be_hidden()
    await ada.page.evaluate("() => { delete document.hasFocus; window.dispatchEvent(new Event('focus')); }")
    await button(ada, re.compile("new message")).click()
    await expect(button(bob, "Read by 1 of")).to_be_visible()
    await button(bob, "Read by 1 of").click()
    await expect(bob.page.locator(".reader").filter(has_text="Ada Flyer")).to_be_visible()


async def unread_by_the_title(visitor):
    count = re.match(r"\((\d+)\) ", await visitor.page.title())
    return int(count[1]) if count else 0


async def test_what_is_marked_unread_is_counted_at_once_and_until_one_comes_back(ada, bob, hangar):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    badge = ada.page.locator(f'.sidebar unread-badge[data-conversation="{hangar.conversation_id}"]').first
    for text in ("One", "Two", "Three"):
        await bob.writes(text)
        await ada.sees(text)
    await expect(button(bob, "Read by")).to_be_visible()
    await expect(badge).to_be_hidden()
    before = await unread_by_the_title(ada)
    await ada.article("Two").focus()
    await ada.page.keyboard.press("u")
    await expect(badge).to_have_text("2 unread")
    assert await unread_by_the_title(ada) == before + 2
    await bob.writes("Four")
    await expect(badge).to_have_text("3 unread")
    await ada.page.evaluate("window.dispatchEvent(new Event('focus'))")
    await expect(badge).to_be_hidden()
    assert await unread_by_the_title(ada) == before


def photograph(colour):
    file = io.BytesIO()
    Image.new("RGB", (1600, 900), colour).save(file, "JPEG")
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


async def test_pictures_have_their_place_before_they_come(ada, hangar):
    await ada.opens(hangar.page)
    for colour in ("red", "blue"):
        await ada.page.locator("input[type=file]").set_input_files([photograph(colour)])
        await expect(button(ada, f"Take {colour}.jpg away")).to_be_visible()
        await ada.writes(f"A {colour} one")
        await expect(ada.log.get_by_role("img", name=f"{colour}.jpg")).to_have_js_property("complete", True)
    await ada.page.add_init_script(SHIFTS)
    await ada.page.route("**/messaging/file/**", lambda route: route.abort())
    await ada.opens(hangar.page)
    box = await ada.log.get_by_role("img", name="red.jpg").bounding_box()
    assert abs(box["height"] / box["width"] - 900 / 1600) < 0.01
    assert sum(await ada.page.evaluate("shifts")) < 0.01
    await ada.page.unroute_all(behavior="wait")
    await ada.opens(hangar.page)
    await ada.log.get_by_role("link", name="red.jpg").click()
    gallery = ada.page.get_by_role("dialog", name="Pictures")
    await expect(gallery.get_by_role("img")).to_have_attribute("alt", "red.jpg")
    await ada.page.keyboard.press("ArrowRight")
    await expect(gallery.get_by_role("img")).to_have_attribute("alt", "blue.jpg")
    await ada.page.keyboard.press("Escape")
    await expect(gallery).to_have_count(0)
