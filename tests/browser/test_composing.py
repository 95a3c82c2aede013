"""Writing: drafts on every device, names completed, marks, pastes, and files that survive a cut line."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from ..fault.lab.shelf import Shelf
from .test_pages import violations

pytestmark = pytest.mark.asyncio(loop_scope="session")

PASTE = """([kinds]) => {
    const field = document.querySelector(".composer-text");
    const data = new DataTransfer();
    for (const [kind, text] of Object.entries(kinds)) {
        if (kind.startsWith("image/")) data.items.add(new File([text], "image.png", { type: kind }));
        else data.setData(kind, text);
    }
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    if (field.dispatchEvent(event)) document.execCommand("insertText", false, kinds["text/plain"]);
}"""

# Whether a file is on the disk of the outbox.
KEPT = """async () => {
    const name = (await indexedDB.databases()).find(({ name }) => name.startsWith("prizmai-outbox")).name;
    const answer = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
    const database = await answer(indexedDB.open(name));
    const count = await answer(database.transaction("blobs").objectStore("blobs").count());
    database.close();
    return count > 0;
}"""

# What is copied, and what it says in Markdown; None where the plain text says the same.
COPIED = [
    ("<p>Just <span style='color:red'>words</span></p>", "Just words"),
    ("A <a href='https://a.example/x(1)'>link</a> and <b>bold</b>, <em>it</em>, <del>no</del>",
     "A [link](https://a.example/x%281%29) and **bold**, *it*, ~~no~~"),
    ("<a href='https://a.example/'>https://a.example/</a> <b>!</b>", "https://a.example/ **!**"),
    ("<a href='javascript:alert(1)'>bad</a> <i>x</i>", "bad *x*"),
    ("<ul><li>one</li><li>two<ul><li>in</li></ul></li></ul>", "- one\n- two\n  - in"),
    ("<ol start='3'><li><p>three</p></li><li>four</li></ol>", "3. three\n4. four"),
    ("<p>Run <code>ls  -l</code>:</p><pre><code>a\n  b\n</code></pre>", "Run `ls -l`:\n\n```\na\n  b\n```"),
    ("<blockquote><p>one</p><p>two</p></blockquote><p>so</p>", "> one\n>\n> two\n\nso"),
    ("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>x|y</td></tr></table>",
     "| a | b |\n| --- | --- |\n| 1 | x\\|y |"),
    ("<h2>Title</h2><p>one<br>two</p>", "**Title**\n\none\ntwo"),
    ("<meta charset='utf-8'><b style='font-weight:normal' id='docs-internal-guid-1'><p dir='ltr'>"
     "<span style='font-weight:700'>Bold</span><span style='font-style:italic'> leaning</span></p></b>",
     "**Bold** *leaning*"),
    ("<!--[if !mso]><style>x</style><![endif]--><p class='MsoListParagraph' style='mso-list:l0 level1 lfo1'>"
     "<span>·&nbsp;&nbsp;</span>first<o:p></o:p></p><p class='MsoListParagraph' style='mso-list:l0 level2 lfo1'>"
     "<span>o&nbsp;&nbsp;</span>second</p>", "- first\n  - second"),
    ("<div style='font-family:monospace'><div><span>let</span> x</div></div>", None),
    ("<div style='white-space: pre-wrap'>one\ntwo <b>x</b>\n\nthree</div>", "one\ntwo **x**\n\nthree"),
]  # fmt: skip


def a_file(name, size=4):
    return {"name": name, "mimeType": "text/plain", "buffer": b"x" * size}


async def is_ready(visitor):
    """The tools of the composer have come."""
    await visitor.composer.click()
    await expect(visitor.page.get_by_role("listbox", include_hidden=True)).to_have_count(1)


async def test_a_draft_goes_on_where_it_was_begun_and_ends_everywhere(signs_in, ada, hangar, scene):
    scene.stage.ask("post", by=scene.ids["bob"], conversation_id=hangar.conversation_id, text="Is it on?")
    phone = await signs_in("ada")
    await ada.opens(hangar.page), await phone.opens(hangar.page)
    await ada.article("Is it on?").hover()
    await ada.page.locator("[data-action=reply]").click()
    await ada.page.keyboard.type("Not y")
    await expect(phone.composer).to_have_value("Not y")
    await expect(phone.page.locator(".composer-reply")).to_contain_text("Bob Wrench: Is it on?")
    await phone.composer.press("End")
    await phone.page.keyboard.type("et")
    await ada.page.get_by_role("heading", level=1).click()  # nobody is at the field
    await expect(ada.composer).to_have_value("Not yet")
    await phone.page.get_by_role("button", name="Send", exact=True).click()
    await expect(ada.composer).to_have_value("")
    await expect(ada.page.locator(".composer-reply")).to_be_hidden()
    await ada.sees("Not yet")
    await ada.opens(hangar.page)
    await expect(ada.composer).to_have_value("")


async def test_what_is_typed_here_is_not_overwritten_from_elsewhere(signs_in, ada, propeller):
    phone = await signs_in("ada")
    await ada.opens(propeller.page), await phone.opens(propeller.page)
    await ada.page.bring_to_front()
    await ada.composer.click()
    await ada.page.keyboard.type("Mine ")
    await expect(phone.composer).to_have_value("Mine ")
    await phone.composer.fill("Theirs")
    await phone.composer.blur()
    await ada.page.keyboard.type("stays")
    await expect(ada.composer).to_have_value("Mine stays")
    await ada.composer.blur()
    await expect(phone.composer).to_have_value("Mine stays")
    await ada.page.reload()
    await expect(ada.composer).to_have_value("Mine stays")
    await ada.composer.fill("")
    await ada.composer.blur()
    await expect(phone.composer).to_have_value("")


async def test_a_file_waits_with_its_words_and_arrives_once(ada, bob, hangar, house):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await is_ready(ada)
    files = "**/messaging/conversation/*/files/"
    await ada.page.route(files, lambda route: route.abort())
    await ada.page.set_input_files("input[type=file]", a_file("wing.txt"))
    await expect(ada.page.locator(".composer-file")).to_contain_text("goes when the line is back")
    await ada.writes("Look at this")
    await ada.writes("And then this")
    await expect(ada.article("Look at this").get_by_role("button", name="Cancel")).to_be_visible()
    await ada.page.wait_for_function(KEPT)
    await ada.page.reload()  # what was said is on the disk, and so is the file
    await expect(ada.article("Look at this")).to_contain_text("wing.txt")
    await ada.page.unroute_all(behavior="wait")
    await ada.page.evaluate("window.dispatchEvent(new Event('online'))")
    await bob.sees_in_order(["Look at this", "And then this"])
    await expect(bob.article("Look at this").get_by_role("link", name="wing.txt")).to_be_visible()
    kept = [row["text"] for row in Shelf(house.database_url).kept(hangar.conversation_id)]
    assert kept == ["Look at this", "And then this"]


async def test_a_file_goes_by_itself_when_the_server_is_back(ada, hangar):
    await ada.opens(hangar.page)
    await is_ready(ada)
    await ada.page.route("**/messaging/conversation/*/files/", lambda route: route.abort())
    await ada.page.set_input_files("input[type=file]", a_file("wing.txt"))
    await expect(ada.page.locator(".composer-file")).to_contain_text("goes when the line is back")
    await ada.page.unroute_all(behavior="wait")
    await expect(ada.page.locator(".composer-file[data-state=uploaded]")).to_contain_text("wing.txt")


async def test_what_becomes_of_a_file_is_read_aloud(ada, hangar):
    """Too large, of another kind, and not brought: each with its name, in the region that stands for that."""
    await ada.opens(hangar.page)
    await is_ready(ada)
    said, files = ada.page.locator(".toasts[role=status]"), "**/messaging/conversation/*/files/"
    large = {**a_file("film.txt"), "buffer": bytes(11 * 1024 * 1024)}
    await ada.page.set_input_files("input[type=file]", large)
    await expect(said).to_contain_text("film.txt: it has 11.0 MB")
    no = {"status": 415, "json": {"detail": "not of that kind"}}
    await ada.page.route(files, lambda route: route.fulfill(**no))
    await ada.page.set_input_files("input[type=file]", a_file("wing.exe"))
    await expect(said).to_contain_text("wing.exe: not of that kind")
    await expect(ada.page.locator(".composer-file[data-state=failed]")).to_contain_text("wing.exe")
    await ada.page.unroute(files)
    await ada.page.route(files, lambda route: route.abort())
    await ada.page.set_input_files("input[type=file]", a_file("wing.txt"))
    await expect(said).to_contain_text("wing.txt: goes when the line is back")


async def test_a_file_that_is_not_wanted_any_more_goes_nowhere(ada, hangar):
    await ada.opens(hangar.page)
    await is_ready(ada)
    await ada.page.route("**/messaging/conversation/*/files/", lambda route: route.abort())
    await ada.page.set_input_files("input[type=file]", a_file("a.txt"))
    await ada.writes("Never mind")
    await ada.article("Never mind").get_by_role("button", name="Cancel").click()
    await expect(ada.article("Never mind")).to_have_count(0)
    await ada.page.reload()
    await ada.status_begins("Connected")
    await expect(ada.article("Never mind")).to_have_count(0)
    await ada.page.set_input_files("input[type=file]", a_file("b.bin", 10 * 1024 * 1024 + 1))
    await expect(ada.page.get_by_text("b.bin: it has 10.0 MB")).to_be_visible()


async def goes_by_the_sidebar(visitor, place):
    await visitor.page.locator(f'.app > .sidebar a[href="{place.page}"]').first.click()
    await visitor.page.wait_for_url(f"**{place.page}")
    await expect(visitor.composer).to_be_visible()


async def test_files_lie_in_the_tray_when_one_comes_back(ada, bob, hangar, scene):
    other, files = scene.room(), "**/messaging/conversation/*/files/"
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await is_ready(ada)
    lying = ada.page.locator(".composer-file")
    await ada.page.set_input_files("input[type=file]", a_file("wing.txt"))
    await expect(lying).to_have_attribute("data-state", "uploaded")
    await ada.page.route(files, lambda route: route.abort())
    await ada.page.set_input_files("input[type=file]", a_file("tail.txt"))
    await expect(lying.last).to_contain_text("goes when the line is back")
    await ada.composer.fill("Both of them")
    await goes_by_the_sidebar(ada, other)
    await expect(ada.page.locator(".composer-files")).to_be_hidden()
    await ada.page.unroute_all(behavior="wait")
    await goes_by_the_sidebar(ada, hangar)
    await expect(ada.composer).to_have_value("Both of them")
    await expect(lying).to_contain_text(["wing.txt", "tail.txt"])
    await expect(lying.last).to_have_attribute("data-state", "uploaded")
    await ada.page.get_by_role("button", name="Send", exact=True).click()
    for name in ("wing.txt", "tail.txt"):
        await expect(bob.article("Both of them").get_by_role("link", name=name)).to_be_visible()
    await expect(lying).to_have_count(0)
    await goes_by_the_sidebar(ada, other), await goes_by_the_sidebar(ada, hangar)
    await expect(lying).to_have_count(0)


async def test_a_text_that_became_a_file_stays_a_draft_until_it_is_said(ada, bob, hangar, scene):
    other, text = scene.room(), ("long " * 1800).strip()
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await is_ready(ada)
    asked = []
    ada.page.on("dialog", lambda dialog: (asked.append(dialog.type), asyncio.ensure_future(dialog.accept())))
    as_a_file = ada.page.get_by_role("button", name="Send as a file")
    await ada.page.evaluate(PASTE, [{"text/plain": text}])
    await as_a_file.click()
    await ada.page.keyboard.type("See the file")
    await goes_by_the_sidebar(ada, other), await goes_by_the_sidebar(ada, hangar)
    await expect(ada.composer).to_have_value("See the file")
    await expect(ada.page.locator(".composer-file")).to_contain_text("Text.txt")
    await ada.page.reload()
    assert asked == ["beforeunload"]
    await expect(ada.composer).to_have_value(f"{text}\nSee the file")
    await expect(ada.page.locator(".composer-file")).to_have_count(0)
    await is_ready(ada)
    await as_a_file.click()
    await expect(ada.composer).to_have_value("")
    await ada.page.get_by_role("button", name="Take Text.txt away").click()
    await expect(ada.composer).to_have_value(f"{text}\nSee the file")
    await as_a_file.click()
    await expect(ada.page.locator(".composer-file")).to_have_attribute("data-state", "uploaded")
    await ada.page.get_by_role("button", name="Send", exact=True).click()
    await expect(bob.log.get_by_role("link", name="Text.txt")).to_be_visible()
    await ada.page.reload()
    assert asked == ["beforeunload"]
    await expect(ada.composer).to_have_value("")


async def test_a_text_for_which_the_tray_has_no_room_stays_in_the_field(ada, hangar):
    await ada.opens(hangar.page)
    await is_ready(ada)
    await ada.page.set_input_files("input[type=file]", [a_file(f"{number}.txt") for number in range(10)])
    await ada.page.evaluate(PASTE, [{"text/plain": "long " * 900}])
    await ada.page.get_by_role("button", name="Send as a file").click()
    await expect(ada.page.get_by_text("10 files at most")).to_be_visible()
    await expect(ada.composer).to_have_value("long " * 900)
    await ada.composer.fill("")


async def test_names_places_and_emoji_are_completed(ada, bob, hangar, scene):
    scene.task("Paint the tail")
    await ada.opens(hangar.page)
    await is_ready(ada)
    keys = ada.page.keyboard
    await keys.type("Hi @Bob Wr")
    await expect(ada.page.get_by_role("option", name="Bob Wrench @bob")).to_have_attribute(
        "aria-selected", "true"
    )
    box = ada.page.get_by_role("combobox", name="People to mention", expanded=True)
    await expect(box.get_by_role("textbox", name="Message")).to_have_attribute(
        "aria-activedescendant", re.compile(".+")
    )
    assert await violations(ada.page) == []
    ada.complaints.clear()  # the policy of the page stops axe's own styles, and says so
    await keys.press("Enter")
    await keys.type("#paint")
    await ada.page.get_by_role("option", name="Paint the tail").first.click()
    await expect(ada.composer).to_have_value(re.compile(r"\) $"))
    await keys.type(":rocke")
    await expect(ada.page.get_by_role("option", name="rocket").first).to_be_visible()
    await keys.press("Tab")
    await expect(ada.composer).to_have_value(
        re.compile(r"^Hi @bob \[Paint the tail\]\(/boards/task/\d+/\) 🚀 $")
    )
    await keys.press("Control+z")
    await expect(ada.composer).to_have_value(re.compile(":rocke$"))


async def test_everybody_goes_before_names_that_merely_hold_it(ada, hangar):
    await ada.opens(hangar.page)
    await is_ready(ada)
    await ada.page.keyboard.type("@r")
    options = ada.page.get_by_role("listbox", name="People to mention").get_by_role("option")
    await expect(options).to_have_text([re.compile("@room"), re.compile("@vera")])


async def test_code_is_written_to_its_end_before_enter_sends(ada, bob, hangar):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await is_ready(ada)
    for line in ("```", "x = 1", "```"):
        await ada.page.keyboard.type(line)
        await ada.page.keyboard.press("Enter")
    await expect(ada.composer).to_have_value("")
    code = bob.article("x = 1").locator("pre")
    await expect(code).to_contain_text("x = 1")
    await bob.page.evaluate("() => { document.documentElement.dir = 'rtl'; }")
    assert await code.evaluate("(code) => getComputedStyle(code).direction") == "ltr"
    await bob.page.evaluate("() => { document.documentElement.removeAttribute('dir'); }")
    await ada.page.keyboard.type("```")
    await ada.page.keyboard.press("Enter")
    await ada.page.keyboard.type("y = 2")
    await ada.page.keyboard.press("Control+Enter")
    await bob.sees("y = 2")
    await ada.writes("In **two**\nlines")
    said = bob.article("In two").locator("p")
    height = "(said) => said.offsetHeight / parseFloat(getComputedStyle(said).lineHeight)"
    assert round(await said.evaluate(height)) == 2
    await expect(ada.log.locator(".message")).to_have_count(3)


async def test_everybody_is_called_only_when_it_is_meant(ada, bob, hangar):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await ada.writes("Fire drill, @room")
    question = ada.page.get_by_role("dialog", name="Notify 2 people?")
    await question.get_by_role("button", name="Back").click()
    await expect(ada.composer).to_have_value("Fire drill, @room")
    await ada.composer.press("Enter")
    await question.get_by_role("button", name="Send").click()
    await bob.sees("Fire drill")
    await expect(bob.log.locator(".message[data-mentions-me]")).to_have_count(1)


async def test_everybody_is_called_later_or_by_an_edit_only_when_it_is_meant(ada, bob, hangar):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    question = ada.page.get_by_role("dialog", name="Notify 2 people?")
    await ada.composer.fill("Fire drill, @room")
    await ada.page.get_by_role("button", name="Send later").click()
    await question.get_by_role("button", name="Back").click()
    await expect(ada.page.get_by_role("dialog")).to_have_count(0)
    await expect(ada.composer).to_have_value("Fire drill, @room")
    await ada.writes("Fire drill")
    await ada.is_sent("Fire drill")
    await ada.composer.press("ArrowUp")
    field = ada.page.get_by_role("textbox", name="Edit message")
    await field.fill("Fire drill, @room")
    await ada.page.keyboard.press("Enter")
    await question.get_by_role("button", name="Back").click()
    await expect(field).to_be_focused()
    await ada.page.keyboard.press("Enter")
    await question.get_by_role("button", name="Send").click()
    await bob.sees("Fire drill, @room")
    await ada.composer.press("ArrowUp")
    await field.fill("Now: fire drill, @room")
    await ada.page.keyboard.press("Enter")
    await bob.sees("Now: fire drill, @room")


async def test_marks_lists_and_pastes(ada, hangar):
    await ada.opens(hangar.page)
    await is_ready(ada)
    keys, field = ada.page.keyboard, ada.composer
    await keys.type("word")
    await keys.press("Control+a")
    await keys.press("Control+b")
    await expect(field).to_have_value("**word**")
    await keys.press("Control+z")
    await expect(field).to_have_value("word")
    await keys.press("Control+a")
    await ada.page.evaluate(PASTE, [{"text/plain": "https://a.example"}])
    await expect(field).to_have_value("[word](https://a.example)")
    await field.fill("")
    await keys.type("1. one")
    await keys.press("Shift+Enter")
    await keys.type("two")
    await expect(field).to_have_value("1. one\n2. two")
    await field.fill("")
    await ada.page.evaluate(
        PASTE, [{"text/html": "<b>Hi</b> <a href='https://b.example'>b</a>", "text/plain": "Hi b"}]
    )
    await expect(field).to_have_value("**Hi** [b](https://b.example)")
    await field.fill("")
    code = "def f():\n    return 1\n\n\nf()"
    lines = (
        "<div><span style='color: #569cd6;'>def</span> f():</div><div>    <span>return</span> 1</div><br><br>"
    )
    editor = "<meta charset='utf-8'><div style='font-family: Consolas, monospace; white-space: pre;'>{}</div>"
    await keys.type("So:")
    await ada.page.evaluate(
        PASTE, [{"text/html": editor.format(lines + "<div>f()</div>"), "text/plain": code}]
    )
    await expect(field).to_have_value(f"So:\n```\n{code}\n```")
    await field.fill("")
    one_line = editor.format("<div><span style='color: red'>f</span>()</div>")
    await ada.page.evaluate(PASTE, [{"text/html": one_line, "text/plain": "f()"}])
    await ada.page.evaluate(PASTE, [{"text/html": "<pre>f ``` g\nh</pre>", "text/plain": "f ``` g\nh"}])
    await expect(field).to_have_value("f()\n````\nf ``` g\nh\n````")
    await field.fill("")
    await ada.page.evaluate(PASTE, [{"text/plain": "long " * 900}])
    await ada.page.get_by_role("button", name="Send as a file").click()
    await expect(field).to_have_value("")
    await expect(ada.page.locator(".composer-file")).to_contain_text("Text.txt")


async def test_words_that_come_with_a_picture_of_them_stay_words(ada, hangar):
    await ada.opens(hangar.page)
    await is_ready(ada)
    table = "<meta charset='utf-8'><table><tr><th>Wing</th><th>Ribs</th></tr><tr><td>left</td><td>12</td></tr></table>"
    await ada.page.evaluate(
        PASTE, [{"text/html": table, "text/plain": "Wing\tRibs\nleft\t12", "image/png": "x"}]
    )
    await expect(ada.composer).to_have_value("| Wing | Ribs |\n| --- | --- |\n| left | 12 |")
    pasted = ada.page.locator(".composer-file")
    await expect(pasted).to_have_count(0)
    picture = {
        "text/html": "<meta charset='utf-8'><img src='https://a.example/wing.png' alt='Wing'>",
        "image/png": "x",
    }
    await ada.page.evaluate(PASTE, [picture])
    await expect(pasted).to_have_count(1)
    await ada.page.evaluate(PASTE, [{**picture, "text/plain": "https://a.example/wing.png"}])
    await expect(pasted).to_have_count(2)
    await ada.page.evaluate(PASTE, [{"text/plain": "wing.png", "image/png": "x"}])  # from a folder
    await expect(pasted).to_have_count(3)
    await expect(ada.composer).to_have_value(re.compile("12 \\|$"))


async def test_messages_that_are_copied_are_pasted_as_they_were_said(ada, bob, hangar):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await is_ready(ada)
    for text in ("One\n  line\n\nafter", "**Two**\nlines", "```js\nlet x;\n```"):
        await ada.writes(text)
    await bob.writes("And **I**")
    await ada.is_sent("And I")
    marks = """([first, last]) => {
        const bodies = [...document.querySelectorAll("[role=log] .message-body")];
        document.activeElement.blur();
        getSelection().setBaseAndExtent(bodies.at(first), 0, bodies.at(last), bodies.at(last).childNodes.length);
    }"""
    pasted = [
        ((0, 0), "One\n  line\n\nafter"),
        (
            (0, 3),
            "**Ada Flyer, {}**\n\nOne\nline\n\nafter\n\n**Two**\nlines\n\n```\nlet x;\n```\n\n**Bob{}**\n\nAnd **I**",
        ),
    ]
    for ends, said in pasted:
        await ada.composer.fill("")
        await ada.page.evaluate(marks, ends)
        await ada.page.keyboard.press("Control+c")
        await ada.composer.focus()
        await ada.page.keyboard.press("Control+v")
        when = ".{20,70}"
        await expect(ada.composer).to_have_value(
            re.compile(f"^{re.escape(said).replace(re.escape('{}'), when)}$")
        )


async def test_what_was_copied_becomes_markdown(ada, hangar):
    await ada.opens(hangar.page)
    said = await ada.page.evaluate(
        """async (copied) => {
            const { markdownOf } = await import("elements/composer/markdown-of-html.js");
            return copied.map((html) => markdownOf(html));
        }""",
        [html for html, _ in COPIED],
    )
    assert dict(zip((html for html, _ in COPIED), said, strict=True)) == dict(COPIED)


async def test_enter_on_a_phone_breaks_the_line(signs_in, hangar):
    ada = await signs_in("ada", has_touch=True, is_mobile=True, viewport={"width": 390, "height": 780})
    await ada.opens(hangar.page)
    await ada.composer.tap()
    await ada.page.keyboard.type("one")
    await ada.page.keyboard.press("Enter")
    await ada.page.keyboard.type("two")
    await expect(ada.composer).to_have_value("one\ntwo")
    await ada.page.get_by_role("button", name="Send", exact=True).tap()
    await ada.is_sent("two")


async def test_up_edits_what_was_said_last_and_escape_leaves_an_answer(ada, hangar):
    await ada.opens(hangar.page)
    await ada.writes("Said")
    await ada.is_sent("Said")
    await ada.composer.press("ArrowUp")
    await expect(ada.page.get_by_role("textbox", name="Edit message")).to_have_value("Said")
    await ada.page.keyboard.press("Escape")
    await ada.composer.fill("Half")
    await ada.article("Said").hover()
    await ada.page.locator("[data-action=reply]").click()
    await ada.page.keyboard.press("Escape")
    await expect(ada.page.locator(".composer-reply")).to_be_hidden()
    await expect(ada.composer).to_have_value("Half")
    await ada.composer.fill("")


async def test_what_is_answered_is_shown_as_it_is_by_now(ada, bob, hangar):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await ada.writes("First **words**")
    await bob.sees("First words")
    await bob.article("First words").hover()
    await bob.page.locator("[data-action=reply]").click()
    answered = bob.page.locator(".composer-reply")
    await expect(answered).to_contain_text("Replying to Ada Flyer: First words")
    await ada.composer.press("ArrowUp")
    await ada.page.get_by_role("textbox", name="Edit message").fill("Other words")
    await ada.page.keyboard.press("Enter")
    await expect(answered).to_contain_text("Replying to Ada Flyer: Other words")
    await ada.article("Other words").focus()
    await ada.page.keyboard.press("Delete")
    await ada.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(answered).to_contain_text("Replying to Ada Flyer: Message deleted")
    await bob.page.get_by_role("button", name="Do not reply").click()


# -- commands ----------------------------------------------------------------------------------------------------


async def test_a_slash_offers_commands_and_says_what_is_none(ada, bob, hangar):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await is_ready(ada)
    keys, listed = ada.page.keyboard, ada.page.get_by_role("listbox", name="Commands")
    await keys.type("/mu")
    await expect(listed.get_by_role("option")).to_have_text(["/muteHear nothing from here"])
    await keys.press("Enter")
    await expect(ada.composer).to_have_value("/mute ")
    await keys.press("Enter")
    await expect(ada.page.get_by_text("You hear of nothing that is said here.")).to_be_visible()
    await expect(ada.composer).to_have_value("")
    await expect(ada.page.get_by_role("combobox", name="Notify me")).to_have_value("nothing")
    await keys.type("/unmute")
    await keys.press("Enter")
    await expect(ada.page.get_by_role("combobox", name="Notify me")).to_have_value("mentions")
    await keys.type("/etc/hosts is wrong")
    await keys.press("Enter")
    await bob.sees("/etc/hosts is wrong")
    await expect(bob.article("mute")).to_have_count(0)


async def test_what_begins_like_a_command_is_said_once_however_often_enter_is_pressed(ada, hangar):
    asked = asyncio.Event()

    async def late(route):
        await asked.wait()
        await route.continue_()

    await ada.context.route("**/elements/composer/tools.js*", late)
    await ada.opens(hangar.page)
    await ada.composer.fill("/etc/hosts is full")
    for _ in range(2):
        await ada.page.keyboard.press("Enter")
    asked.set()
    await ada.is_sent("/etc/hosts is full")
    await ada.writes("That is all")
    await ada.is_sent("That is all")
    await expect(ada.article("/etc/hosts is full")).to_have_count(1)


async def test_a_command_makes_a_card_of_what_it_says(ada, bob, hangar):
    await ada.opens(hangar.page), await bob.opens(hangar.page)
    await is_ready(ada)
    await ada.page.keyboard.type("/card Tighten the bolts")
    await ada.page.keyboard.press("Enter")
    title = ada.page.get_by_role("dialog").get_by_role("textbox", name="Title")
    await expect(title).to_have_value("Tighten the bolts")
    await ada.page.keyboard.press("Enter")
    await bob.sees("Tighten the bolts")
    await expect(bob.article("Tighten the bolts").locator("task-chip")).to_be_visible()


async def test_a_command_leads_to_somebody_with_the_words_and_refuses_nobody(ada, scene, hangar):
    await ada.opens(hangar.page)
    await is_ready(ada)
    await ada.page.keyboard.type("/dm nobody Hello")
    await ada.page.keyboard.press("Enter")
    await expect(ada.page.get_by_text("There is nobody of that name whom you know.")).to_be_visible()
    await expect(ada.composer).to_have_value("/dm nobody Hello")
    await ada.composer.fill("/dm @bob Hello, Bob")
    await ada.page.keyboard.press("Enter")
    await expect(ada.page.get_by_role("heading", name="Bob", level=1)).to_be_visible()
    await expect(ada.composer).to_have_value("Hello, Bob")
    await ada.composer.fill("/search wings")
    await ada.page.keyboard.press("Enter")
    await ada.page.wait_for_url("**/messaging/search/?q=in*wings")


async def test_emoji_that_are_asked_for_before_their_code_is_here_come_with_it(ada, hangar):
    asked = asyncio.Event()

    async def late(route):
        await asked.wait()
        await route.continue_()

    await ada.context.route("**/elements/composer/tools.js*", late)
    await ada.opens(hangar.page)
    await ada.page.get_by_role("button", name="Emoji", exact=True).click()
    asked.set()
    await expect(ada.page.get_by_role("searchbox", name="Search emoji")).to_be_visible()
