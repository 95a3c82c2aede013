"""Browsers for the cast, on the installation the wire is tested on."""

import shutil
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright

from ..fault.lab.web import DAPHNE
from .used_again import window_of
from .visitor import Visitor

SHELL = (
    "chromium-headless-shell"  # Chromium without windows: a third less to do, but it shows no notifications
)
WHOLE = ("chromium", "chromium-browser", "google-chrome")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium():
    async with _running(SHELL, *WHOLE) as browser:
        yield browser


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def whole_chromium():
    async with _running(*WHOLE) as browser:
        yield browser


@asynccontextmanager
async def _running(*names):
    path = next(filter(None, map(shutil.which, names)), None)
    assert path, "No Chromium was found on this machine."
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest.fixture
def web(house):
    return next(web for web in house.webs if web.kind == DAPHNE)


@pytest_asyncio.fixture(loop_scope="session")
async def signs_in(request, chromium, scene, web):
    """`await signs_in("ada")` is Ada at a browser of her own. No page may have complained when the test ends."""
    visitors = []
    service_workers = "allow" if request.node.get_closest_marker("service_worker") else "block"

    async def sign_in(name, address=None, browser=chromium, **how):
        address = address or web.address
        context = await window_of(browser, service_workers=service_workers, **how)
        context.set_default_timeout(8_000)
        cookie = scene.stage.ask("sign_in", user_id=scene.ids[name])
        await context.add_cookies([{"name": "sessionid", "value": cookie, "url": f"http://{address}"}])
        visitors.append(Visitor(name, context, address))
        return visitors[-1]

    yield sign_in
    for visitor in visitors:
        await visitor.context.is_left(visitor.address)
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []


@pytest_asyncio.fixture(loop_scope="session")
async def ada(signs_in):
    return await signs_in("ada")


@pytest_asyncio.fixture(loop_scope="session")
async def bob(signs_in):
    return await signs_in("bob")


@pytest_asyncio.fixture(loop_scope="session")
async def administrator(signs_in, scene, web):
    if "imke" not in scene.ids:
        scene.stranger("imke", web.address)
        scene.stage.ask("promote", user_id=scene.ids["imke"])
    return await signs_in("imke")


@pytest.fixture(autouse=True)
def tidy(scene):
    """Once nobody looks any more."""
    yield
    scene.is_tidied()


@pytest.fixture
def hangar(scene):
    return scene.room()


@pytest.fixture
def propeller(scene):
    return scene.task("Check the propeller blades")
