"""What stands beside, below or in line with what, as it is measured on the page."""

import pytest
from playwright.async_api import expect

from .test_names_and_faces import takes_it_away, wears_a_picture
from .test_on_a_phone import PHONE

pytestmark = pytest.mark.asyncio(loop_scope="session")
LONG_NAME = "Dmitri Wolkenstein-Hohenfels von und zu Aschersleben"
FROM_RIGHT_TO_LEFT = "פאטמה"
# Where the words begin that a name is followed by, and where the name does: both from the left.
NAME_AND_WORDS = """(row, name) => {
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    const left = (node, from, to) => {
        const range = document.createRange();
        range.setStart(node, from);
        range.setEnd(node, to);
        return range.getBoundingClientRect().left;
    };
    const all = [];
    while (walker.nextNode()) all.push(walker.currentNode);
    const its = all.find((node) => node.data.includes(name));
    const at = its.data.indexOf(name);
    const rest = its.data.slice(at + name.length).trim() ? [its, at + name.length + 1] : [all[all.indexOf(its) + 1], 0];
    return [left(its, at, at + name.length), left(rest[0], rest[1], rest[0].length)];
}"""
MIDDLE = "(one) => { const box = one.getBoundingClientRect(); return box.top + box.height / 2; }"


async def box(locator):
    return await locator.bounding_box()


async def middle(locator):
    return await locator.evaluate(MIDDLE)


async def gap(above, below):
    upper = await box(above)
    return (await box(below))["y"] - upper["y"] - upper["height"]


@pytest.fixture
def called(scene):
    """A newcomer of this name; their user name."""

    def call(name):
        username = f"caller{len(scene.ids)}"
        scene.newcomer(username, "")
        scene.stage.ask("call_themselves", user_id=scene.ids[username], name=name)
        return username

    return call


async def test_a_sentence_runs_as_the_page_does_whoever_it_begins_with(ada, scene, hangar, called):
    by = scene.ids[called(FROM_RIGHT_TO_LEFT)]
    scene.stage.ask("post", by=by, conversation_id=hangar.conversation_id, text="@ada do you see this?")
    await ada.opens("/messaging/")
    told = ada.page.locator(".bundle-title").filter(has_text=FROM_RIGHT_TO_LEFT).first
    waiting = ada.page.locator(".waiting .row-note").filter(has_text=FROM_RIGHT_TO_LEFT).first
    for sentence in (told, waiting):
        name, words = await sentence.evaluate(NAME_AND_WORDS, FROM_RIGHT_TO_LEFT)
        assert name < words


async def test_a_quote_shows_what_was_said_however_long_the_name(signs_in, scene, hangar, called):
    by = scene.ids[called(LONG_NAME)]
    scene.stage.ask("post", by=by, conversation_id=hangar.conversation_id, text="Which propeller is it?")
    ada = await signs_in("ada")
    await ada.opens(hangar.page)
    asked = ada.article("Which propeller is it?")
    await asked.hover()
    await asked.get_by_role("button", name="Reply").click()
    await ada.writes("The left one.")
    await ada.is_sent("The left one.")
    await ada.page.set_viewport_size(PHONE["viewport"])
    quote = ada.article("The left one.").locator(".message-quote")
    assert await quote.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    assert (await box(quote.locator(".truncate")))["width"] > 60


async def test_what_is_read_stands_in_line_with_what_is_not(ada, scene, hangar):
    for text in ("@ada one", "@ada two"):
        scene.stage.ask("post", by=scene.ids["bob"], conversation_id=scene.room().conversation_id, text=text)
    await ada.opens("/messaging/notifications/")
    rows = ada.page.locator(".bundle")
    await rows.first.get_by_role("button").click()
    await expect(rows.first.locator("a.row[data-unread]")).to_have_count(0)
    first, second = [await box(rows.nth(n).locator(".avatar").first) for n in (0, 1)]
    assert first["x"] == second["x"]
    row = rows.nth(1)
    await expect(row.locator(".row-note")).to_be_visible()
    assert abs(await middle(row.locator("time")) - await middle(row.get_by_role("button"))) < 2


async def test_in_ones_own_colours_one_sees_what_is_not_read(ada, scene, hangar):
    scene.stage.ask(
        "post", by=scene.ids["bob"], conversation_id=hangar.conversation_id, text="@ada look here"
    )
    await ada.opens("/messaging/notifications/")
    await ada.page.emulate_media(forced_colors="active")
    row = ada.page.locator(".bundle .row[data-unread]").first
    mark = "(one) => getComputedStyle(one, '::before').forcedColorAdjust"
    assert await row.evaluate(mark) == "none"


async def test_what_can_be_done_with_somebody_stands_in_one_line(signs_in, hangar):
    ada = await signs_in("ada", **PHONE)
    await ada.opens(f"{hangar.page}people/")
    bob = ada.page.locator(".row").filter(has_text="@bob")
    tops = {(await box(button))["y"] for button in await bob.get_by_role("button").all()}
    assert len(tops) == 1
    assert tops.pop() > (await box(bob.get_by_role("link")))["y"]


async def test_the_name_of_a_label_has_room_on_a_phone(signs_in, scene):
    board = scene.stage.ask("make_board", by=scene.ids["ada"], name="Labels")
    ada = await signs_in("ada", **PHONE)
    await ada.opens(f"/boards/{board}/settings/")
    await ada.page.get_by_label("Add a label").fill("Urgent")
    await ada.page.get_by_label("Add a label").press("Enter")
    name = ada.page.locator(".row").get_by_label("Name", exact=True)
    await expect(name).to_have_value("Urgent")
    assert (await box(name))["width"] > 100


async def test_what_is_said_of_a_person_has_the_whole_width_of_a_phone(signs_in, administrator, scene):
    await administrator.opens(f"/accounts/people/{scene.ids['bob']}/")
    await administrator.page.set_viewport_size(PHONE["viewport"])
    row = administrator.page.locator(".row").filter(has_text="Forgot the password")
    assert await gap(row.locator(".row-body"), row.get_by_role("button")) >= 0


async def test_pages_of_an_account_lead_back_and_tell_of_the_line(ada):
    for page in ("email", "password/change", "two-factor"):
        await ada.opens(f"/accounts/{page}/")
        await ada.page.locator(".header").get_by_role("link", name="Profile").click()
        await expect(ada.page.get_by_role("heading", name="Profile", level=1)).to_be_visible()


async def test_the_settings_of_a_board_tell_of_the_line(ada, scene):
    await ada.opens(f"/boards/{scene.board}/settings/")


async def test_a_box_to_tick_keeps_its_distance(ada, scene, hangar):
    where = {"by": scene.ids["ada"], "conversation_id": hangar.conversation_id}
    said = scene.stage.ask("post", **where, text="Paint it")
    await ada.opens(f"/messaging/message/{said}/card/")
    assert await gap(ada.page.get_by_label("Place"), ada.page.locator(".choice")) >= 8
    await ada.opens("/accounts/tokens/")
    scopes = ada.page.locator("fieldset.field")
    assert await gap(scopes.locator("legend"), scopes.locator(".choice").first) >= 4


async def test_a_button_keeps_its_distance_from_what_is_said_above_it(ada, hangar):
    await ada.opens(hangar.page)
    await ada.page.get_by_text("Room settings").click()
    form = ada.page.locator(".panel-form").filter(has=ada.page.get_by_role("button", name="Make private"))
    assert await gap(form.locator(".row-note"), form.get_by_role("button")) >= 4


async def test_the_two_things_to_do_with_a_picture_stand_side_by_side(signs_in, scene, called):
    her = await signs_in(called("Nora"))
    await wears_a_picture(her)
    change, remove = (her.page.get_by_role("button", name=name) for name in ("Change", "Take it away"))
    assert abs(await middle(change) - await middle(remove)) < 1
    await takes_it_away(her)
