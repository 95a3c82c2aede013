"""An address is a person's for others once it is confirmed, or when it came with the account."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client

from accounts.addresses import with_address
from boards.forms import person_named

NEW = "newhire@corp.example"


@pytest.fixture(autouse=True)
def nobody_has_tried_yet(db):
    cache.clear()


@pytest.fixture
def eve(db):
    return get_user_model().objects.create_user("eve", "eve@corp.example")


@pytest.fixture
def page(eve):
    """What Eve does on the page of her addresses; the page that comes after."""
    client = Client()
    client.force_login(eve)

    def does(what, address):
        return client.post("/accounts/email/", {what: "", "email": address}, follow=True)

    client.get("/accounts/email/")
    does.client = client
    return does


def found(address):
    return person_named({"person": address})


def known_by(user):
    user.refresh_from_db()
    return user.email


def test_who_typed_an_address_in_is_not_found_by_it(eve, page):
    page("action_add", NEW)
    answer = page("action_primary", NEW)
    assert "confirm the address first" in answer.content.decode()
    assert found(NEW) is None and known_by(eve) == "eve@corp.example" and found("EVE@corp.example") == eve.pk


def test_who_is_called_like_the_address_of_another_is_not_taken_for_them(eve):
    called = get_user_model().objects.create_user("boss@corp.example")
    assert found("boss@corp.example") == called.pk  # that is nobody's address
    boss = get_user_model().objects.create_user("boss", "Boss@corp.example")
    assert found("boss@corp.example") is None and found("boss") == boss.pk
    boss.username = "boss2@corp.example"
    boss.email = boss.username
    boss.save()
    assert found("boss2@corp.example") == boss.pk


def test_nobody_gets_another_address_by_removing_their_own(eve, page):
    page("action_add", NEW)
    page("action_remove", "eve@corp.example")
    assert known_by(eve) == "eve@corp.example" and found(NEW) is None


def test_the_last_address_may_go(eve, page):
    page("action_remove", "eve@corp.example")
    assert known_by(eve) == "" and found("") is None


def test_a_confirmed_address_is_ones_own(eve, page, mailoutbox):
    page("action_add", NEW)
    letter = next(letter for letter in mailoutbox if letter.to == [NEW])
    link = re.search(r"/accounts/confirm-email/\S+/", letter.body)[0]
    assert page.client.get(link).status_code == 200
    page.client.post(link)
    page("action_primary", NEW)
    assert known_by(eve) == NEW and found(NEW) == eve.pk
    page("action_remove", "eve@corp.example")
    assert not EmailAddress.objects.filter(email="eve@corp.example").exists()


def test_an_unconfirmed_one_that_was_made_primary_before_finds_and_gets_nothing(eve):
    address = EmailAddress.objects.create(user=eve, email="eve@corp.example")
    people = get_user_model().objects
    assert eve in with_address(people)
    address.set_as_primary()
    assert found("eve@corp.example") is None and eve not in with_address(people)
    address.set_verified()
    assert found("eve@corp.example") == eve.pk and eve in with_address(people)


def test_whose_address_was_taken_by_another_is_found_by_it(eve):
    newcomer = get_user_model().objects.create_user("nina", NEW)
    EmailAddress.objects.create(user=eve, email=NEW).set_as_primary()
    assert found(NEW) == newcomer.pk
