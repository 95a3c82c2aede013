"""The longest way in, in a real browser: by the issuer, the password that links, a second factor that is required."""

import re
import time

import pytest
from playwright.async_api import expect

from ..fault.lab.web import DAPHNE
from ..unit.accounts import issuer as issuers
from .test_pages import is_fine

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture
def issuer():
    with issuers.running() as issuer:
        issuer.person["email"] = "sam@example.org"
        yield issuer


@pytest.fixture
def strict(house, issuer):
    """A web server that asks for everything."""
    how = {
        "OIDC_ISSUER": issuer.address,
        "OIDC_CLIENT_ID": issuers.CLIENT,
        "OIDC_CLIENT_SECRET": issuers.SECRET,
    }
    with house.extra(DAPHNE, OIDC_NAME="Hangar ID", OIDC_ONLY="1", REQUIRE_TWO_FACTOR="all", **how) as (web,):
        yield web


def code_of(secret):
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


async def test_the_whole_way_in(chromium, scene, strict):
    scene.stranger("sam", strict.address)
    page = await (await chromium.new_context()).new_page()
    await page.goto(f"http://{strict.address}/messaging/saved/")
    await page.get_by_role("button", name="Sign in with Hangar ID").click()
    await expect(page.get_by_text("Sign in once with its user name and password")).to_be_visible()
    await is_fine(page, "linking an account")
    await page.get_by_label("User name or e-mail address").fill("sam")
    await page.get_by_label("Password").fill("sam-takes-off")
    await page.keyboard.press("Enter")

    await expect(page.get_by_text("It is required here")).to_be_visible()
    await is_fine(page, "setting up a second factor")
    secret = (await page.locator(".typed-key").inner_text()).replace(" ", "")
    await page.get_by_label("Your password").fill("sam-takes-off")
    await page.get_by_label("The code that your app shows").fill(code_of(secret))
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    codes = await page.locator(".recovery-codes code").all_inner_texts()
    assert len(codes) == 10
    await is_fine(page, "recovery codes")
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Download").click()
    kept = (await (await download.value).path()).read_text()
    assert all(code.replace(" ", "") in kept for code in codes)
    await page.get_by_role("link", name="I have kept them").click()
    await expect(page).to_have_url(re.compile("/messaging/$"))

    await page.context.clear_cookies()
    await page.goto(f"http://{strict.address}/accounts/login/")
    await page.get_by_role("button", name="Sign in with Hangar ID").click()
    await expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    await is_fine(page, "the second step")
    await page.get_by_label("Code").fill(codes[0])
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("/messaging/$"))
    await page.context.close()
