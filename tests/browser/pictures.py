"""Pictures of the demo workspace, for people to look at.

    python -m tests.browser.pictures http://127.0.0.1:8000 docs/pictures

With EMOJI_FONT naming a font file, emoji are drawn with it, for machines that have none.
"""

import base64
import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PASSWORD = "prizmai-demo"
DESK, PHONE = (1280, 800), (390, 844)
ROOM, TASK, BOARD, CATCH_UP = "/messaging/room/1/", "/boards/task/1/", "/boards/1/", "/messaging/"
NOTIFICATIONS, SEARCH = "/messaging/notifications/", "/messaging/search/?q=launch"
PICTURES = {
    "catch-up": (CATCH_UP, DESK, "light"),  # before the rooms, which are read when they are looked at
    "room": (ROOM, DESK, "light"),
    "room-dark": (ROOM, DESK, "dark"),
    "task": (TASK, DESK, "light"),
    "board": (BOARD, DESK, "light"),
    "room-phone": (ROOM, PHONE, "light"),
    "catch-up-phone-dark": (CATCH_UP, PHONE, "dark"),
    "board-phone-dark": (BOARD, PHONE, "dark"),
    "notifications": (NOTIFICATIONS, DESK, "light"),
    "notifications-phone": (NOTIFICATIONS, PHONE, "light"),
    "search-dark": (SEARCH, DESK, "dark"),
    "settings": ("/boards/1/settings/", DESK, "light"),
    "profile-phone-dark": ("/accounts/profile/", PHONE, "dark"),
}
# What opens: the page it opens over, and how.
OPENED = {
    "palette": (ROOM, DESK, "light", lambda page: page.keyboard.press("Control+k")),
    "keys-dark": (ROOM, DESK, "dark", lambda page: page.keyboard.press("Control+/")),
    "menu": (ROOM, DESK, "light", lambda page: _of_the_last_message(page, "More")),
    "reacting-phone": (ROOM, PHONE, "light", lambda page: _of_the_last_message(page, "React")),
    "emoji-dark": (ROOM, DESK, "dark", lambda page: page.get_by_role("button", name="Emoji").click()),
    "completion": (ROOM, DESK, "light", lambda page: _asks(page)),
    "completion-phone-dark": (ROOM, PHONE, "dark", lambda page: _asks(page)),
    "later-phone": (ROOM, PHONE, "light", lambda page: _sends_later(page)),
    "gallery": (ROOM, DESK, "light", lambda page: page.locator(".attachment.picture").last.click()),
    "offline": (ROOM, DESK, "light", lambda page: _goes_offline(page)),
    "offline-phone-dark": (ROOM, PHONE, "dark", lambda page: _goes_offline(page)),
    "card-lifted": (BOARD, DESK, "light", lambda page: page.locator("[data-move]").first.press("Space")),
    "column-menu-dark": (BOARD, DESK, "dark", lambda page: page.locator("[data-menu]").first.click()),
}


def take(address, folder):
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, (path, size, scheme, *opens) in (PICTURES | OPENED).items():
            page = _signed_in(browser, address, size, scheme)
            _picture(page, address + path, folder / f"{name}.png", *opens)
            page.context.close()
        browser.close()


def _signed_in(browser, address, size, scheme):
    context = browser.new_context(
        viewport=dict(zip(("width", "height"), size, strict=True)),
        color_scheme=scheme,
        has_touch=size == PHONE,
        bypass_csp=True,  # for the emoji font, which is not ours
    )
    page = context.new_page()
    page.goto(f"{address}/accounts/login/")
    page.fill("[name=login]", "ada")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"**{CATCH_UP}")
    return page


def _picture(page, address, file, opens=lambda page: None):
    page.goto(address)
    page.locator(":root[data-whole]").wait_for()
    opens(page)
    if font := os.environ.get("EMOJI_FONT"):
        _draw_emoji_with(page, Path(font))
    page.wait_for_timeout(600)  # pictures and fonts settle
    page.screenshot(path=file)


def _of_the_last_message(page, what):
    row = page.get_by_role("log").get_by_role("article").last
    row.focus()
    row.get_by_role("button", name=what, exact=True).click()


def _writes(page, text):
    field = page.get_by_role("textbox", name="Message", exact=True)
    field.fill("")
    field.press_sequentially(text)


def _asks(page):
    _writes(page, "Ask @")
    page.get_by_role("listbox").wait_for()


def _goes_offline(page):
    page.context.set_offline(True)
    page.locator("connection-status").get_by_text("Offline").wait_for()


def _sends_later(page):
    _writes(page, "Good morning")
    page.get_by_role("button", name="Send later").click()


def _draw_emoji_with(page, font):
    source = base64.b64encode(font.read_bytes()).decode()
    face = f"@font-face {{ font-family: emoji; src: url(data:font/woff2;base64,{source}) }}"
    page.add_style_tag(content=f'{face} :root {{ --font: "Inter Variable", emoji, sans-serif !important }}')


if __name__ == "__main__":
    take(sys.argv[1].rstrip("/"), Path(sys.argv[2]))
