"""Two people in two browsers talk: in a room, and about a task."""

import pytest
from playwright.async_api import expect

from ..fault.lab.shelf import Shelf

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.service_worker]


async def test_people_talk_in_a_room(ada, bob, hangar):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await ada.writes("Hello Bob")
    await bob.sees("Hello Bob")
    await bob.writes("Hello Ada")
    await ada.sees("Hello Ada")
    await ada.is_sent("Hello Bob")
    for visitor in (ada, bob):
        await visitor.sees_in_order(["Hello Bob", "Hello Ada"])
    await expect(bob.article("Hello Bob")).to_contain_text("Ada Flyer")
    await expect(ada.composer).to_have_value("")


async def test_people_talk_about_a_task(ada, bob, propeller):
    await ada.opens(propeller.page), await bob.opens(propeller.page)
    await ada.writes("Two blades are bent")
    await bob.sees("Two blades are bent")
    await bob.writes("Not any more")
    await ada.sees_in_order(["Two blades are bent", "Not any more"])
    await bob.page.reload()
    await bob.sees_in_order(["Two blades are bent", "Not any more"])


async def test_enter_sends_and_shift_enter_does_not(ada, hangar, house):
    await ada.opens(hangar.page)
    await ada.composer.click()
    await ada.page.keyboard.type("First line")
    await ada.page.keyboard.press("Shift+Enter")
    await ada.page.keyboard.type("second line")
    await ada.page.keyboard.press("Enter")
    await ada.is_sent("second line")
    assert [row["text"] for row in Shelf(house.database_url).kept(hangar.conversation_id)] == [
        "First line\nsecond line"
    ]


async def test_one_sees_the_other_type(ada, bob, hangar):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await bob.composer.click()
    await bob.page.keyboard.type("Hm, let me th")
    await expect(ada.page.get_by_text("Bob Wrench is typing")).to_be_visible()
    await bob.page.keyboard.press("Enter")
    await expect(ada.page.get_by_text("Bob Wrench is typing")).to_have_count(0)


async def test_what_looks_like_a_script_is_text(ada, bob, hangar):
    """S01, live and after a reload."""
    nasty = "<img src=x onerror=\"document.title='owned'\"> </script><script>document.title='owned'</script>"
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await ada.writes(nasty)
    for _ in range(2):
        await bob.sees("onerror")
        assert await bob.page.title() != "owned"
        assert await bob.log.locator("img[src=x], script").count() == 0
        await bob.page.reload()


async def test_unread_is_shown_where_one_is_not(ada, bob, hangar, scene):
    other = scene.room()
    await ada.opens(hangar.page), await bob.opens(other.page)
    badge = bob.page.locator(f'unread-badge[data-conversation="{hangar.conversation_id}"]').first
    await expect(badge).to_be_hidden()
    await ada.writes("Over here")
    await expect(badge).to_be_visible()
    await expect(badge).to_contain_text("1")
    await bob.opens(hangar.page)
    await bob.sees("Over here")
    await expect(badge).to_be_hidden()


async def test_without_javascript_one_can_still_talk(signs_in, ada, hangar):
    bob = await signs_in("bob", java_script_enabled=False)
    await ada.opens(hangar.page), await bob.opens(hangar.page, live=False)
    await bob.writes("Only a form")
    await bob.sees("Only a form")
    await ada.sees("Only a form")


async def test_the_console_test_of_the_guide(ada, bob, hangar):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    heard = await ada.page.evaluate(
        """(path) => new Promise((resolve, reject) => {
            let ws = new WebSocket(`ws://${location.host}${path}`);
            ws.onerror = () => reject(new Error("refused"));
            ws.onclose = (e) => reject(new Error(`closed ${e.code}`));
            ws.onmessage = (e) => { const said = JSON.parse(e.data); if (said.type === "chat_message") resolve(said); };
            ws.onopen = () => ws.send(JSON.stringify({type: "chat_message", message: "From the console"}));
        })""",
        hangar.path,
    )
    assert heard["message"] == "From the console" and heard["username"] == "ada"
    await bob.sees("From the console")
