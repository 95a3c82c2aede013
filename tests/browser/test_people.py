"""Rooms and their people: made, asked in, given to run, taken out, closed; each is on every screen at once."""

import re

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.asyncio(loop_scope="session")


def button(visitor, name, **how):
    return visitor.page.get_by_role("button", name=name, **how)


async def says_yes(visitor, word):
    await visitor.page.get_by_role("dialog").get_by_role("button", name=word, exact=True).click()


async def makes_a_room(visitor, scene, name):
    """A private one, of themselves alone; its number."""
    await visitor.opens(f"/messaging/board/{scene.board}/rooms/", live=False)
    await visitor.page.get_by_label("Name").fill(name)
    await visitor.page.get_by_label("Private").check()
    await button(visitor, "Open the room").click()
    await expect(visitor.page.get_by_role("heading", name=name, level=1)).to_be_visible()
    return int(re.search(r"/room/(\d+)/", visitor.page.url)[1])


async def asks(visitor, room, username):
    await visitor.opens(f"/messaging/room/{room}/people/", live=False)
    await visitor.page.get_by_label("User name or e-mail address").fill(username)
    await button(visitor, "Invite").click()
    await expect(visitor.page.get_by_text("has not answered yet")).to_be_visible()


async def test_who_is_asked_answers_and_all_screens_know(ada, signs_in, scene):
    eve, her_phone = await signs_in("eve"), await signs_in("eve")
    for device in (eve, her_phone):
        await device.opens("/messaging/", live=False)
        await expect(device.page.locator(":root[data-whole]")).to_have_count(1)
    name = f"Cockpit {scene.board}"
    room = await makes_a_room(ada, scene, name)
    await asks(ada, room, "eve")
    for device in (eve, her_phone):
        await expect(device.page.get_by_text(f"Ada Flyer invites you to {name}")).to_be_visible()
    await button(eve, f"Decline the invitation to {name}").click()
    await expect(her_phone.page.get_by_text(f"invites you to {name}")).to_have_count(0)
    await expect(ada.page.get_by_text("declined")).to_be_visible()
    await asks(ada, room, "eve")
    await button(her_phone, f"Accept the invitation to {name}").click()
    await expect(her_phone.page).to_have_url(re.compile(f"/messaging/room/{room}/"))
    await expect(eve.page.get_by_text(f"invites you to {name}")).to_have_count(0)
    await expect(eve.page.locator(f'.sidebar [data-place="{room}"]')).to_be_visible()
    await expect(ada.page.get_by_text("@eve · guest")).to_be_visible()

    await her_phone.status_begins("Connected")
    await ada.page.get_by_role("button", name="Take out: Eve", exact=False).click()
    await says_yes(ada, "Take out")
    await expect(her_phone.page.get_by_text(f"You are not in “{name}” any more.")).to_be_visible()
    await expect(eve.page.locator(f'.sidebar [data-place="{room}"]')).to_have_count(0)


async def test_a_room_closes_and_opens_for_all_who_are_in_it(ada, bob, scene, hangar):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await bob.composer.fill("Half a thought")
    await ada.page.get_by_role("heading", name="Room settings").click()
    await button(ada, "Archive").click()
    for one in (ada, bob):
        await expect(one.page.get_by_text("This conversation is archived")).to_be_visible()
    await expect(bob.page.locator(f'.sidebar [data-place="{hangar.conversation_id}"]')).to_have_count(0)
    await ada.page.get_by_role("heading", name="Room settings").click()
    await button(ada, "Open again").click()
    await expect(bob.composer).to_have_value("Half a thought")
    await bob.writes("The other half")
    await ada.sees("The other half")
    await bob.is_sent("The other half")


async def test_who_comes_into_a_room_is_known_to_a_page_that_is_open(ada, bob, scene):
    room = scene.room(private_to=["ada"])
    await ada.opens(room.page)
    scene.stage.ask(
        "add_to_room", by=scene.ids["ada"], room_id=room.conversation_id, user_id=scene.ids["bob"]
    )
    await bob.opens(room.page)
    await ada.writes("Welcome aboard")
    await bob.sees("Welcome aboard")
    await expect(button(ada, "Read by 1 of 1")).to_be_visible()
    await ada.composer.press_sequentially("@bo")
    await expect(ada.page.get_by_role("option").filter(has_text="Bob Wrench")).to_be_visible()
    await ada.article("Welcome aboard").focus()
    await ada.page.keyboard.press("w")
    await expect(ada.page.get_by_role("group", name="Who has read it")).to_contain_text("Bob Wrench")


async def test_who_runs_a_room_may_and_who_leaves_may_come_back(ada, bob, scene, hangar):
    await ada.opens(f"{hangar.page}people/", live=False), await bob.opens(hangar.page)
    settings = bob.page.get_by_role("heading", name="Room settings")
    await expect(settings).to_have_count(0)
    await button(ada, "Make moderator: Bob Wrench").click()
    await expect(settings).to_be_visible()
    await button(ada, "No moderator: Bob Wrench").click()
    await expect(settings).to_have_count(0)
    await button(bob, "Leave this room").click()
    await says_yes(bob, "Leave")
    await expect(button(ada, "Let in: Bob Wrench")).to_be_visible()
    await bob.opens(hangar.page)
    await button(bob, "Join", exact=True).click()
    await bob.writes("Back again")
    await bob.is_sent("Back again")
    await expect(button(ada, "Take out: Bob Wrench")).to_be_visible()


async def test_a_yes_counts_though_the_page_is_drawn_anew_meanwhile(ada, signs_in, scene):
    room = await makes_a_room(ada, scene, f"Tower {scene.board}")
    her_phone = await signs_in("ada")
    for device in (ada, her_phone):
        await device.opens(f"/messaging/room/{room}/people/", live=False)
    await button(her_phone, "Let in: Bob Wrench").click()
    await button(ada, "Ban Bob Wrench").click()
    await button(her_phone, "Make moderator: Bob Wrench").click()
    await expect(ada.page.get_by_text("@bob · moderator")).to_be_visible()
    await says_yes(ada, "Ban")
    await expect(button(ada, "Lift the ban of Bob Wrench")).to_be_visible()


async def test_who_is_let_in_again_sees_it_at_once(ada, bob, scene, hangar):
    await ada.opens(f"{hangar.page}people/", live=False), await bob.opens(hangar.page)
    await button(ada, "Ban Bob Wrench").click()
    await says_yes(ada, "Ban")
    await expect(bob.page.get_by_text("You are banned from this room")).to_be_visible()
    await button(ada, "Lift the ban of Bob Wrench").click()
    await button(bob, "Join", exact=True).click()
    await bob.writes("Back again")
    await bob.is_sent("Back again")
    await expect(button(ada, "Take out: Bob Wrench")).to_be_visible()


async def test_a_name_leads_to_the_person_and_to_talking(ada, bob, hangar):
    await bob.opens(hangar.page), await ada.opens(hangar.page)
    await bob.writes("Here I am")
    await ada.article("Here I am").get_by_role("link", name="Bob Wrench").click()
    card = ada.page.get_by_role("dialog", name="Bob Wrench")
    await expect(card.get_by_text("@bob")).to_be_visible()
    await card.get_by_role("button", name="Message").click()
    await ada.status_begins("Connected")
    await expect(ada.page.get_by_role("heading", name="Bob Wrench", level=1)).to_be_visible()
    await ada.writes("Between us")
    await expect(bob.page.locator(".sidebar").get_by_role("link", name="Ada Flyer")).to_be_visible()
