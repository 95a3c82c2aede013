"""Signing in, and what a stranger learns by trying."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core import mail, signing
from django.test import Client

from accounts.signing_in import first_admin

from .test_people import PASSWORD, browser_of, is_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(db):
    return get_user_model().objects.create_user("ada", "ada@example.org", PASSWORD)


def told(page):
    """What the page says, without what differs by chance or repeats what was typed."""
    words = re.sub(r'(nonce|value|content)="[^"]*"', "", page.content.decode())
    return page.status_code, re.sub(r"nonce-[^']*", "", words)


def tries(username, password="wrong", **how):
    return Client(**how).post("/accounts/login/", {"login": username, "password": password})


def test_one_signs_in_by_a_name_in_whatever_case_and_alphabet(db):
    get_user_model().objects.create_user("Мария", password=PASSWORD)
    for name in ("Мария", "мария", "МАРИЯ"):
        assert is_in(browser_of(name))


def test_a_wrong_name_and_a_wrong_password_are_told_in_the_same_words(ada):
    assert told(tries("ada")) == told(tries("nobody"))
    assert "do not belong together" in tries("ada").content.decode()
    assert told(tries("ada@example.org")) == told(tries("nobody@example.org"))


def test_a_reset_is_answered_in_the_same_words_for_any_address(ada):
    known = Client().post("/accounts/password/reset/", {"email": "ada@example.org"}, follow=True)
    unknown = Client().post("/accounts/password/reset/", {"email": "nobody@example.org"}, follow=True)
    assert told(known) == told(unknown)
    assert ["ada@example.org"] in [letter.to for letter in mail.outbox]


def test_guesses_are_throttled_and_the_owner_elsewhere_is_not_locked_out(ada):
    for _ in range(6):
        tries("ada", REMOTE_ADDR="203.0.113.7")
    late = tries("ada", PASSWORD, REMOTE_ADDR="203.0.113.7")
    assert late.status_code != 302
    assert is_in(browser_of("ada", REMOTE_ADDR="198.51.100.2"))


def test_guesses_from_many_addresses_of_one_network_are_throttled_as_from_one(ada):
    """Whoever has one address of IPv6 has all of its network: 2^64 of them."""
    for number in range(6):
        tries("ada", REMOTE_ADDR=f"2001:db8:7:7::{number}")
    late = tries("ada", PASSWORD, REMOTE_ADDR="2001:db8:7:7:1:2:3:4")
    assert late.status_code != 302
    assert is_in(browser_of("ada", REMOTE_ADDR="2001:db8:7:8::1"))


def test_guesses_at_many_names_from_one_address_are_throttled(ada):
    for number in range(11):
        tries(f"name{number}", REMOTE_ADDR="203.0.113.8")
    assert tries("ada", PASSWORD, REMOTE_ADDR="203.0.113.8").status_code != 302


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_elsewhere(elsewhere, ada):
    answer = Client().post("/accounts/login/", {"login": "ada", "password": PASSWORD, "next": elsewhere})
    assert answer.headers["Location"] == "/messaging/"


def test_whoever_is_signed_in_already_is_led_on(ada, client):
    """As a page is that still was somebody else's."""
    client.force_login(ada)
    answer = client.get("/accounts/login/", {"next": "/messaging/room/7/"})
    assert answer.status_code == 302 and answer.headers["Location"] == "/messaging/room/7/"


def test_nobody_signs_up_uninvited(db):
    Client().post("/accounts/signup/", {"username": "eve", "password1": PASSWORD, "password2": PASSWORD})
    assert not get_user_model().objects.exists()


def test_an_inactive_person_does_not_come_in(ada):
    ada.is_active = False
    ada.save()
    client = Client()
    client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    assert not is_in(client)


def test_a_password_of_a_hundred_characters_counts_to_the_last(db):
    long = "correct horse battery staple " * 4
    get_user_model().objects.create_user("bob", password=long)
    assert is_in(browser_of("bob", long))
    assert tries("bob", long[:-1]).status_code == 200


@pytest.fixture
def link():
    return first_admin.make_link("http://localhost:8000/").removeprefix("http://localhost:8000")


FIRST = {"username": "ada", "email": "ada@example.org", "password1": PASSWORD, "password2": PASSWORD}


def test_the_link_makes_the_first_administrator_and_signs_them_in(link, db):
    client = Client()
    assert client.get(link).status_code == 200
    assert client.post(link, FIRST).status_code == 302
    assert get_user_model().objects.get().is_superuser
    assert is_in(client)


def test_the_link_works_once(link, db):
    Client().post(link, FIRST)
    assert Client().get(link).status_code == 404
    assert Client().post(link, FIRST | {"username": "eve", "email": "eve@example.org"}).status_code == 404
    assert get_user_model().objects.count() == 1


def test_looking_at_the_link_makes_nobody(link, db):
    Client().get(link)
    assert not get_user_model().objects.exists()


@pytest.mark.parametrize("forged", ["first", signing.dumps("first", salt="other"), "x" * 300])
def test_a_forged_link_leads_nowhere(forged, db):
    assert Client().get(f"/accounts/first/{forged}/").status_code == 404


def test_an_old_link_leads_nowhere(link, db, monkeypatch):
    monkeypatch.setattr(first_admin, "GOOD_FOR", -1)
    assert Client().get(link).status_code == 404


def test_the_first_administrator_needs_a_password_that_is_not_common(link, db):
    Client().post(link, FIRST | {"password1": "password123", "password2": "password123"})
    assert not get_user_model().objects.exists()
