"""Signing in, and the end of it, as somebody who guesses, steals or stays."""

from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import Session
from accounts.sessions.validity import still_valid

from .addresses import patterns
from .attacks import words

PASSWORD = "a long enough sentence"
OTHER = "another long sentence"


@pytest.fixture
def ada(db):
    return get_user_model().objects.create_user("ada", "ada@example.org", PASSWORD)


@pytest.fixture
def told(monkeypatch, django_capture_on_commit_callbacks):
    """Whose open lines are looked at again."""
    heard = []
    monkeypatch.setattr("live.announce_session_end", heard.append)
    return heard


def browser(password=PASSWORD):
    client = Client()
    client.post("/accounts/login/", {"login": "ada", "password": password})
    return client


def key(client):
    return client.cookies["sessionid"].value


@pytest.mark.parametrize(
    "end", ["logout", "password", "deactivation", "deletion", "password of another door"]
)
def test_s58_s59_s60_every_end_is_told_to_the_lines(ada, told, end, django_capture_on_commit_callbacks):
    client = browser()
    old = key(client)
    with django_capture_on_commit_callbacks(execute=True):
        match end:
            case "logout":
                client.post("/accounts/logout/")
            case "password":
                new = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
                client.post("/accounts/password/change/", new)
            case "password of another door":
                ada.set_password(OTHER)
                ada.save()
            case "deactivation":
                ada.is_active = False
                ada.save()
            case "deletion":
                ada.delete()
    assert told and still_valid([old]) == {}
    assert not Session.objects.filter(session_key=old).exists()


def test_s57_another_persons_session_is_not_taken_over(ada):
    """Who signs in on a browser where somebody else was gets a new key, and nothing of the other's."""
    get_user_model().objects.create_user("bob", "bob@example.org", OTHER)
    client = browser()
    before = key(client)
    client.post("/accounts/logout/")
    client.post("/accounts/login/", {"login": "bob", "password": OTHER})
    assert key(client) != before and still_valid([before]) == {}


def test_s57_a_key_that_somebody_planted_is_not_accepted(ada):
    client = Client()
    client.cookies["sessionid"] = "planted" + "x" * 25
    client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    assert not key(client).startswith("planted")


@pytest.mark.parametrize(
    ("password", "is_taken"),
    [("password", False), ("12345678", False), ("qwertyuiop", False), ("ada@example.org", False), ("short7!", False),
     ("correct horse battery staple", True), ("x7" * 64, True), ("ümläut & schläft 日本", True)],
)  # fmt: skip
@pytest.mark.parametrize("door", ["change", "reset"])
def test_s55_a_password_is_long_and_not_common_at_every_door(ada, password, is_taken, door):
    if door == "change":
        client, there = browser(), "/accounts/password/change/"
    else:
        client = Client()
        client.post("/accounts/password/reset/", {"email": "ada@example.org"})
        link = next(line for line in mail.outbox[0].body.split() if "/password/reset/key/" in line)
        there = client.get(urlsplit(link).path).headers["Location"]
    client.post(there, {"oldpassword": PASSWORD, "password1": password, "password2": password})
    ada.refresh_from_db()
    assert ada.check_password(password) is is_taken
    if is_taken:
        assert not ada.check_password(password[:-1])


def test_s54_signing_up_tells_nothing_of_who_is_here(ada):
    pages = [Client().post("/accounts/signup/", {"username": name, "email": f"{name}@example.org",
                           "password1": OTHER, "password2": OTHER}) for name in ("ada", "nobody")]  # fmt: skip
    assert pages[0].status_code == pages[1].status_code
    assert get_user_model().objects.count() == 1


def test_s54_a_name_that_nobody_has_costs_as_much_as_one_that_somebody_has(ada, settings, monkeypatch):
    """A password is hashed in either case: the time tells nothing."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, *a, **k: hashed.append(1) or encode(self, *a, **k)
    )
    costs = []
    for name in ("ada", "nobody", "ada@example.org", "nobody@example.org"):
        hashed.clear()
        Client().post("/accounts/login/", {"login": name, "password": "wrong guess"})
        costs.append(len(hashed))
    assert min(costs) >= 1 and max(costs) == min(costs)


def test_s54_a_reset_does_the_same_for_whoever_is_here_and_whoever_is_not(ada):
    """A letter is written in either case, which takes by far the longest; the pages say the same."""
    told = []
    for address in ("ada@example.org", "nobody@example.org"):
        mail.outbox.clear()
        answer = Client().post("/accounts/password/reset/", {"email": address}, follow=True)
        told.append((answer.status_code, answer.redirect_chain, words(answer), len(mail.outbox)))
    assert told[0] == told[1] and told[0][-1] == 1


def test_s53_resets_are_throttled(ada):
    for _ in range(30):
        answer = Client().post("/accounts/password/reset/", {"email": "ada@example.org"})
    assert answer.status_code == 429 and len(mail.outbox) < 25


def test_s33_a_letter_leads_to_us_whatever_the_request_says(ada, settings):
    answer = Client(raise_request_exception=False).post(
        "/accounts/password/reset/", {"email": "ada@example.org"}, HTTP_HOST="evil.example"
    )
    assert answer.status_code == 400 and mail.outbox == []
    Client().post(
        "/accounts/password/reset/", {"email": "ada@example.org"}, HTTP_X_FORWARDED_HOST="evil.example"
    )
    assert "evil.example" not in mail.outbox[0].body
    settings.PUBLIC_URL = "https://chat.example.org"
    for address in ("ada@example.org", "nobody@example.org"):
        Client().post("/accounts/password/reset/", {"email": address}, HTTP_HOST="testserver:31337")
        letter = mail.outbox[-1]
        assert letter.to == [address] and "testserver" not in letter.subject + letter.body
        assert "https://chat.example.org/accounts/" in letter.body
    client = browser()
    client.post(
        "/accounts/email/", {"email": "a@example.org", "action_add": ""}, HTTP_HOST="testserver:31337"
    )
    assert mail.outbox[-1].to == ["a@example.org"] and "testserver" not in mail.outbox[-1].body
    assert "https://chat.example.org/accounts/confirm-email/" in mail.outbox[-1].body


def test_s56_nobody_is_there_before_somebody_comes(db):
    assert not get_user_model().objects.exists()
    assert not [name for name in patterns() if "admin" in name]


def test_s63_no_key_of_a_session_stands_in_an_address(ada):
    client = browser()
    for path in ("/messaging/", "/boards/", reverse("accounts:profile")):
        assert key(client) not in client.get(path).content.decode()
