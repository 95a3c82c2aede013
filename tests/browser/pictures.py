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
ROOM, TASK, BOARD, HUB = "/messaging/room/1/", "/boards/task/1/", "/boards/1/", "/messaging/"
PICTURES = {
    "hub": (HUB, DESK, "light"),  # before the rooms, which are read when they are looked at
    "room": (ROOM, DESK, "light"),
    "room-dark": (ROOM, DESK, "dark"),
    "task": (TASK, DESK, "light"),
    "board": (BOARD, DESK, "light"),
    "room-phone": (ROOM, PHONE, "light"),
    "hub-phone-dark": (HUB, PHONE, "dark"),
}


def take(address, folder):
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, (path, size, scheme) in PICTURES.items():
            page = _signed_in(browser, address, size, scheme)
            _picture(page, address + path, folder / f"{name}.png")
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
    page.wait_for_url(f"**{HUB}")
    return page


def _picture(page, address, file):
    page.goto(address)
    page.locator("connection-status").get_by_text("Connected").wait_for(state="attached")
    if font := os.environ.get("EMOJI_FONT"):
        _draw_emoji_with(page, Path(font))
    page.wait_for_timeout(600)  # pictures and fonts settle
    page.screenshot(path=file)


def _draw_emoji_with(page, font):
    source = base64.b64encode(font.read_bytes()).decode()
    face = f"@font-face {{ font-family: emoji; src: url(data:font/woff2;base64,{source}) }}"
    page.add_style_tag(content=f'{face} :root {{ --font: "Inter Variable", emoji, sans-serif !important }}')


if __name__ == "__main__":
    take(sys.argv[1].rstrip("/"), Path(sys.argv[2]))
