"""A link that is good once is so also where two follow it at the same moment."""

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from accounts import actions
from accounts.signing_in import back_in, first_admin
from accounts.views.coming_in import ConfirmEmail

from .conftest import made, now
from .test_people import PASSWORD, is_in

ANOTHER = "quite another sentence"


@pytest.fixture
def meanwhile(monkeypatch):
    """A function that has something happen once, right after this was asked and before what was answered is used."""

    def has(where, what, happens):
        asked = getattr(where, what)

        def ask(*told, **how):
            monkeypatch.setattr(where, what, asked)
            answer = asked(*told, **how)
            happens()
            return answer

        monkeypatch.setattr(where, what, ask)

    return has


def test_for_a_new_password(udo, monkeypatch):
    _, key = actions.make_password_key(by=None, user_id=udo.pk)
    browsers, forms = [Client(), Client()], []
    for browser in browsers:
        forms.append(browser.get(f"/accounts/password/reset/key/{key}/").headers["Location"])

    def choose(number, password):
        chosen = {"password1": password, "password2": password}
        return browsers[number].post(forms[number], chosen, follow=True).content.decode()

    def is_slower(person, password):
        monkeypatch.setattr("accounts.adapter.change_password", actions.change_password)
        assert "Your password is changed" in choose(1, ANOTHER)
        actions.change_password(person, password)

    monkeypatch.setattr("accounts.adapter.change_password", is_slower)
    assert "This link is over" in choose(0, PASSWORD + " of mine")
    assert now(udo).check_password(ANOTHER)


def test_of_the_host(udo, meanwhile):
    link = back_in.make_link("", udo)
    first, second = Client(), Client()
    meanwhile(back_in, "person_of", lambda: second.post(link))
    assert first.post(link).status_code == 404
    assert is_in(second) and not is_in(first)


def test_of_the_first_administrator(db, meanwhile):
    link = first_admin.make_link("")

    def comes(name):
        return Client().post(link, {"username": name, "password1": PASSWORD, "password2": PASSWORD})

    meanwhile(first_admin, "is_good", lambda: comes("ada"))
    assert comes("eve").status_code == 404
    assert [one.username for one in get_user_model().objects.all()] == ["ada"]


def asked_to_confirm(person, address):
    asked = EmailAddress.objects.create(user=person, email=address)
    return reverse("accounts:confirm_email", args=[EmailConfirmationHMAC(asked).key])


def test_of_an_address(udo, meanwhile):
    link, statuses = asked_to_confirm(udo, "new@example.org"), []
    meanwhile(ConfirmEmail, "get_object", lambda: statuses.append(Client().post(link).status_code))
    statuses.append(Client().post(link).status_code)
    assert statuses == [302, 404] and EmailAddress.objects.get(email="new@example.org").verified


def test_of_an_address_that_two_people_confirm(udo, monkeypatch):
    """Each has seen that nobody confirmed it."""
    links = [asked_to_confirm(one, "both@example.org") for one in (udo, made("eve"))]
    Client().post(links[0])
    monkeypatch.setattr(EmailAddress, "can_set_verified", lambda address: True)
    answer = Client().post(links[1])
    assert (answer.status_code, answer.headers["Location"]) == (302, links[1])
    assert EmailAddress.objects.get(email="both@example.org", verified=True).user == udo
