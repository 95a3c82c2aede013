"""Whose clock a page goes by: that of the profile, else of the browser, else of the server."""

from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from accounts.middleware import OwnTimeZone
from accounts.models import User
from messaging.search.asking import parsed

EARLY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # in Los Angeles it is still the first


@pytest.fixture(autouse=True)
def it_is_early(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: EARLY)


def during(profile="", told=None, user=None):
    """The day it is, and when the day began that `on:today` looks for, while a page is made."""
    seen = []

    def page(request):
        seen.extend([timezone.localdate().day, parsed("on:today").since])
        return HttpResponse()

    request = RequestFactory().get("/")
    request.user = user or User(username="ada", time_zone=profile)
    if told is not None:
        request.COOKIES["zone"] = told
    OwnTimeZone(page)(request)
    return seen


def test_without_a_choice_it_is_the_browsers():
    day, since = during(told="America/Los_Angeles")
    assert (day, since) == (1, datetime(2026, 3, 1, 8, tzinfo=UTC))
    assert during() == [2, datetime(2026, 3, 2, tzinfo=UTC)]


def test_what_was_chosen_goes_before_what_the_browser_told():
    assert during("Europe/Prague", "America/Los_Angeles") == [2, datetime(2026, 3, 1, 23, tzinfo=UTC)]


@pytest.mark.parametrize(
    "told", ["", "America", "../../etc/passwd", "/etc/passwd", "A" * 4000, "\0", "no/where", "é"]
)
def test_what_is_no_zone_is_the_servers(told):
    assert during(told=told)[0] == 2
