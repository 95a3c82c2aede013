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


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_s33_no_way_back_leads_elsewhere(scene, elsewhere):
    away = []
    for ask in ASKS:
        path, form = filled(ask, scene, scene.ada)
        for who in (None, scene.ada):
            client = browser_of(who)
            answers = [
                client.post(path, form | {"next": elsewhere}, headers={"Referer": elsewhere.strip()}),
                client.post(path, form | {"next": elsewhere, "name": "", "title": "", "message": ""}),
                client.get(path, {"next": elsewhere}),
            ]
            away += [ask for answer in answers if leads_away(answer)]
    assert not away


def test_s33_signing_in_leads_back_to_the_page_and_takes_nothing_else_along(scene):
    answer = asks(None, "GET", "/messaging/file/a%26next=evil%23/")
    assert answer["Location"].startswith("/accounts/login/?next=")
    assert "&" not in answer["Location"] and "#" not in answer["Location"]
