"""What is about one shows on every device, wakes who does not look, and goes when it is read anywhere."""

import asyncio
import contextlib
import json
import re

import pytest
from playwright.async_api import Error, expect

from .test_editing import begins_to_edit

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.service_worker]
BELL = "nav inbox-bell .badge"
REST = """async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((ready) => setTimeout(ready, 20));
}"""
SHOWN = """async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map(({ title, body, tag }) => [title, body, tag]);
}"""


async def holds(visitor, question, about=None):
    """Wait until the page answers the question with yes."""
    again = "await new Promise((on) => setTimeout(on, 30))"
    asked = f"async (about) => {{ while (!(await ({question})(about))) {again}; }}"
    await asyncio.wait_for(visitor.page.evaluate(asked, about), 8)


def bell(visitor):
    return visitor.page.locator(BELL)


async def rows(visitor, count):
    await expect(visitor.page.locator("notification-rows a.row[data-unread]")).to_have_count(count)


async def test_a_notice_comes_and_goes_on_every_device(signs_in, ada, bob, hangar):
    other = await signs_in("ada")
    await ada.opens("/messaging/notifications/"), await other.opens("/messaging/notifications/")
    await bob.opens(hangar.page)
    before = int(await bell(ada).inner_text() or 0)
    await bob.writes("@ada is it you?")
    for device in (ada, other):
        await expect(bell(device)).to_have_text(str(before + 1))
        await expect(device.page.get_by_text("Bob Wrench mentioned you in").first).to_be_visible()
    await other.opens(hangar.page)
    await other.sees("is it you?")
    if before:
        await expect(bell(ada)).to_have_text(str(before))
    else:
        await expect(bell(ada)).to_be_hidden()
    await expect(ada.page.locator(".bundle[data-unread]", has_text="is it you?")).to_have_count(0)


async def test_an_answer_that_comes_late_does_not_replace_a_later_one(ada, bob, hangar):
    asked, late, told = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def answer(route):
        if asked.is_set():
            return await route.continue_()
        asked.set()
        response = await route.fetch()
        await late.wait()
        with contextlib.suppress(Error):  # nobody may want it any more
            await route.fulfill(response=response)
        told.set()

    await ada.opens("/messaging/notifications/")
    await bob.opens(hangar.page)
    await ada.page.route("**/messaging/notifications/", answer)
    await bob.writes("@ada the first word")
    await asyncio.wait_for(asked.wait(), 8)
    await bob.writes("@ada the latest word")
    latest = ada.page.locator("#notification-list").get_by_text("the latest word").first
    await expect(latest).to_be_visible()
    late.set()
    await asyncio.wait_for(told.wait(), 8)
    await bob.writes("Nothing for Ada")
    await bob.is_sent("Nothing for Ada")
    await expect(latest).to_be_visible()


@pytest.fixture
def read(scene):
    """A room in which Ada has read what Bob said."""
    room, ids = scene.room(), [scene.ids["ada"], scene.ids["bob"]]
    scene.stage.ask("has_talked", by=ids[1], conversation_id=room.conversation_id, count=2, read=ids)
    return room


async def names_ada(bob, words):
    await (await begins_to_edit(bob)).fill(f"@ada {words}")
    await bob.page.keyboard.press("Enter")


def unread(visitor, words):
    return visitor.page.locator(".bundle[data-unread]", has_text=words)


async def test_who_sees_themselves_named_in_what_they_have_read_has_seen_it(signs_in, ada, bob, read):
    other = await signs_in("ada")
    await ada.opens(read.page), await bob.opens(read.page), await other.opens("/messaging/notifications/")
    await ada.page.evaluate(REST)
    await names_ada(bob, "an afterthought")
    await expect(other.page.locator(".bundle", has_text="an afterthought")).to_be_visible()
    await expect(unread(other, "an afterthought")).to_have_count(0)


async def test_who_comes_by_a_notice_to_what_they_have_read_has_seen_it(signs_in, ada, bob, read):
    other = await signs_in("ada")
    await bob.opens(read.page)
    for device in (ada, other):
        await device.opens("/messaging/notifications/")
    await names_ada(bob, "a second thought")
    await expect(unread(other, "a second thought")).to_have_count(1)
    await ada.page.locator(".bundle a.row", has_text="a second thought").click()
    await ada.sees("a second thought")
    await expect(unread(other, "a second thought")).to_have_count(0)


async def test_what_came_while_the_line_was_away_is_in_the_list(ada, bob, hangar):
    await bob.opens(hangar.page)
    await ada.opens("/messaging/notifications/")
    await ada.context.set_offline(True)
    await ada.status_begins("Offline")
    await bob.writes("@ada one that was missed")
    await bob.is_sent("one that was missed")
    await ada.context.set_offline(False)
    await expect(ada.page.locator(".bundle", has_text="one that was missed")).to_be_visible(timeout=15_000)


async def test_the_list_is_worked_by_keyboard(ada, bob, hangar):
    await bob.opens(hangar.page)
    await bob.writes("@ada one for the keyboard")
    await bob.is_sent("one for the keyboard")
    await ada.opens("/messaging/notifications/?only=unread")
    bundle = ada.page.locator(".bundle", has_text="one for the keyboard")
    await bundle.locator("a.row").focus()
    await ada.page.keyboard.press("u")
    await expect(bundle).to_have_count(0)
    await ada.opens("/messaging/notifications/")
    bundle = ada.page.locator(".bundle", has_text="one for the keyboard")
    await expect(bundle).not_to_have_attribute("data-unread", re.compile(""))
    await bundle.locator("a.row").focus()
    await ada.page.keyboard.press("u")
    await expect(bundle).to_have_attribute("data-unread", "")


async def test_a_level_is_the_same_on_every_device(signs_in, ada, hangar):
    other = await signs_in("ada")
    await ada.opens(hangar.page), await other.opens(hangar.page)
    await ada.page.evaluate(REST)  # by then the choice is listened to
    choices = [device.page.get_by_role("combobox", name="Notify me") for device in (ada, other)]
    await expect(choices[1]).to_have_value("mentions")
    await choices[0].select_option("all")
    await expect(choices[1]).to_have_value("all")


async def test_a_level_that_could_not_be_saved_is_not_shown(ada, hangar):
    await ada.opens(hangar.page)
    await ada.page.evaluate(REST)
    choice = ada.page.get_by_role("combobox", name="Notify me")
    await ada.page.route("**/level/", lambda route: route.abort())
    await choice.select_option("all")
    await expect(ada.page.locator(".toasts")).to_contain_text("That could not be saved just now.")
    await expect(choice).to_have_value("mentions")


async def test_a_tone_sounds_for_who_looks_elsewhere(ada, bob, hangar):
    await ada.opens("/boards/"), await bob.opens(hangar.page)
    await ada.page.evaluate(REST)
    await bob.writes("@ada listen")
    await expect(ada.page.locator("html")).to_have_attribute("data-rang", "1")
    await ada.opens(hangar.page)
    await ada.page.evaluate(REST)
    await bob.writes("@ada you see this")
    await ada.sees("you see this")
    await expect(ada.page.locator("html")).not_to_have_attribute("data-rang", re.compile(""))


async def test_a_push_is_shown_and_goes_when_it_was_read_elsewhere(signs_in, whole_chromium, bob, hangar):
    ada = await signs_in("ada", browser=whole_chromium)
    await ada.context.grant_permissions(["notifications"])
    await ada.opens("/messaging/"), await bob.opens(hangar.page)
    await ada.page.evaluate(REST)
    device = await ada.context.new_cdp_session(ada.page)
    found = []
    device.on("ServiceWorker.workerRegistrationUpdated", lambda news: found.extend(news["registrations"]))
    await device.send("ServiceWorker.enable")
    await bob.writes("@ada wake up")
    await expect(ada.page.locator(BELL)).to_be_visible()
    registration = next(one["registrationId"] for one in found if ada.address in one["scopeURL"])
    origin = f"http://{ada.address}"

    async def pushed(**said):
        data = json.dumps({"title": "", "body": "", "url": "/", "badge": 1, "standing": [], **said})
        await device.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": origin, "registrationId": registration, "data": data},
        )

    tag = f"conversation-{hangar.conversation_id}"
    await ada.page.goto("about:blank")  # nobody looks
    await pushed(title="Older", tag="notice-1")
    await pushed(title="Bob mentioned you", body="wake up", tag=tag, standing=[tag], url=hangar.page)
    await ada.opens("/messaging/")
    alone = json.dumps([["Bob mentioned you", "wake up", tag]])  # the older one stands no more
    await holds(ada, f"async () => JSON.stringify(await ({SHOWN})()) === JSON.stringify({alone})")
    other = await signs_in("ada")
    await other.opens(hangar.page)
    await other.sees("wake up")
    await holds(ada, f"async () => (await ({SHOWN})()).length === 0")
