"""No form of ours leads to another site."""

import pytest

from .addresses import ASKS, filled
from .attacks import asks, browser_of

ELSEWHERE = [
    "https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
    "https:evil.example", "http:///evil.example", "javascript:alert(1)", "\tjavascript:alert(1)", "/\t/evil.example",
    "https://testserver@evil.example/", "https://testserver.evil.example/", "data:text/html,x",
    "//testserver\\@evil.example",
]  # fmt: skip


def leads_away(answer):
    there = answer.headers.get("Location", "/")
    return not there.startswith("/") or there.startswith(("//", "/\\", "/\t"))


def answers_to(client, path, form, elsewhere):
    yield client.post(path, form | {"next": elsewhere}, headers={"Referer": elsewhere.strip()})
    yield client.post(path, form | {"next": elsewhere, "name": "", "title": "", "message": ""})
    yield client.get(path, {"next": elsewhere})


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
@pytest.mark.parametrize("ask", ["account_login", "boards:create_task", "messaging:rename_room"])
def test_s33_no_way_back_leads_elsewhere(scene, ask, elsewhere):
    path, form = filled(ask, scene, scene.ada)
    for who in (None, scene.ada):
        assert not any(map(leads_away, answers_to(browser_of(who), path, form, elsewhere)))


def test_s33_nor_does_any_other_form(scene):
    """Every address, with one of the ways each."""
    away = []
    for number, ask in enumerate(ASKS):
        path, form = filled(ask, scene, scene.ada)
        answers = answers_to(browser_of(scene.ada), path, form, ELSEWHERE[number % len(ELSEWHERE)])
        away += [ask for answer in answers if leads_away(answer)]
    assert not away


def test_s33_signing_in_leads_back_to_the_page_and_takes_nothing_else_along(scene):
    answer = asks(None, "GET", "/messaging/file/a%26next=evil%23/")
    assert answer["Location"].startswith("/accounts/login/?next=")
    assert "&" not in answer["Location"] and "#" not in answer["Location"]
