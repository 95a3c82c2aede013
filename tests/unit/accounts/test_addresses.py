"""An address is a person's for others once it is proved, and nobody changes it who only found an open browser."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.test import Client

from accounts import actions
from accounts.addresses import prove, with_address
from accounts.models import AuditEntry
from boards.forms import person_named

from .conftest import made, now
from .test_people import PASSWORD, browser_of, is_in

pytestmark = pytest.mark.django_db

NEW = "newhire@corp.example"


@pytest.fixture
def eve(db):
    return made("eve")


@pytest.fixture
def page(eve):
    """What Eve does on the page of her addresses, having just signed in; the page that comes after."""
    client = browser_of("eve")

    def does(what, address):
        return client.post("/accounts/email/", {what: "", "email": address}, follow=True)

    does.client = client
    return does


@pytest.fixture
def later(monkeypatch):
    """More than five minutes after."""

    def comes():
        import time

        then = time.time() + 301
        monkeypatch.setattr("accounts.signing_in.fresh.time.time", lambda: then)

    return comes


def comes_in(address):
    _, token = actions.make_invite_link(by=None, people=None)
    client = Client()
    newcomer = {"username": "nina", "email": address, "password1": PASSWORD, "password2": PASSWORD}
    return client, client.post(f"/accounts/join/{token}/", newcomer, follow=True)


def follows_the_link(client, letter):
    link = re.search(r"/accounts/confirm-email/\S+/", letter.body)[0]
    assert client.get(link).status_code == 200
    client.post(link)


def found(address):
    return person_named({"person": address})


def known_by(user):
    return now(user).email


# -- what was only typed in ------------------------------------------------------------------------------------------


def test_an_address_typed_in_on_joining_counts_once_it_is_proved(admin, mailoutbox):
    client, answer = comes_in(NEW)
    nina = get_user_model().objects.get(username="nina")
    people = get_user_model().objects
    assert found(NEW) is None and nina not in with_address(people) and found("nina") == nina.pk
    assert NEW in answer.content.decode()  # the page says that a letter was sent there
    profile, for_administrators = "/accounts/profile/", f"/accounts/people/{nina.pk}/"
    assert (
        "not confirmed" in client.get(profile).text and "not confirmed" in admin.get(for_administrators).text
    )
    assert [letter.to for letter in mailoutbox] == [[NEW]]
    follows_the_link(client, mailoutbox[0])
    assert found(NEW.upper()) == nina.pk and nina in with_address(people)
    assert "not confirmed" not in client.get(profile).text + admin.get(for_administrators).text


def test_the_first_administrator_proves_theirs_too(mailoutbox):
    from accounts.signing_in import first_admin

    newcomer = {"username": "ada", "email": NEW, "password1": PASSWORD, "password2": PASSWORD}
    client = Client()
    client.post(first_admin.make_link(""), newcomer)
    assert found(NEW) is None
    follows_the_link(client, mailoutbox[0])
    assert found(NEW) is not None


def test_the_page_says_what_holds_where_no_letter_leaves(settings):
    settings.EMAIL_BACKEND = "accounts.mail.NoWayOut"
    _, token = actions.make_invite_link(by=None)
    assert "No letters leave this server" in Client().get(f"/accounts/join/{token}/").content.decode()
    client, answer = comes_in(NEW)
    assert NEW not in answer.content.decode() and found(NEW) is None  # nobody says that one was sent
    page = client.get("/accounts/email/").content.decode()
    assert "none can be confirmed" in page and "Send the confirmation again" not in page
    wishes = client.get("/messaging/notifications/wishes/").content.decode()
    assert "No letters leave this server" in wishes and "confirm it" not in wishes
    assert is_in(browser_of(NEW))


def test_whom_no_letter_reaches_right_now_comes_in_and_is_told(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    client, answer = comes_in(NEW)
    assert is_in(client) and "did not take the letter" in answer.content.decode()
    assert answer.redirect_chain == [("/messaging/", 302)]
    answer = client.post("/accounts/email/", {"email": NEW, "action_send": ""}, follow=True)
    assert "did not take the letter" in answer.content.decode()
    for address in (NEW, "nobody@corp.example"):
        answer = Client().post("/accounts/password/reset/", {"email": address}, follow=True)
        assert answer.status_code == 200 and "did not take the letter" in answer.content.decode()


def test_who_typed_an_address_in_is_not_found_by_it(eve, page):
    page("action_add", NEW)
    page("action_primary", NEW)
    assert found(NEW) is None and known_by(eve) == "eve@example.org" and found("EVE@example.org") == eve.pk


def test_who_is_called_like_the_address_of_another_is_not_taken_for_them(eve):
    called = get_user_model().objects.create_user("boss@corp.example")
    assert found("boss@corp.example") == called.pk  # that is nobody's address
    boss = get_user_model().objects.create_user("boss", "Boss@corp.example")
    prove(boss, boss.email)
    assert found("boss@corp.example") is None and found("boss") == boss.pk
    called.delete()
    assert found("boss@corp.example") == boss.pk


def test_nobody_gets_another_address_by_removing_their_own(eve, page):
    page("action_add", NEW)
    page("action_remove", "eve@example.org")
    assert known_by(eve) == "eve@example.org" and found(NEW) is None


def test_the_last_address_may_go(eve, page):
    page("action_remove", "eve@example.org")
    assert known_by(eve) == "" and found("") is None


def test_an_address_that_another_proved_stays_theirs(eve, page):
    newcomer = made("nina")
    EmailAddress.objects.create(user=eve, email="nina@example.org").set_as_primary()
    assert found("nina@example.org") == newcomer.pk
    prove(eve, "nina@example.org")
    assert found("nina@example.org") == newcomer.pk


def test_whoever_adds_an_address_learns_not_whether_it_is_somebodys(page, mailoutbox):
    made("nina")
    told = [
        page("action_add", address).content.decode() for address in ("nina@example.org", "nora@example.org")
    ]
    assert "nina@example.org" in told[0] and len(mailoutbox) == 2
    pages = [
        re.sub(r'nina@|nora@|(nonce|value)="[^"]*"', "", one.split('<input type="radio"')[0]) for one in told
    ]
    assert pages[0] == pages[1]


def test_nobody_keeps_another_from_their_own_address_by_saying_that_it_is_theirs(eve, page, mailoutbox):
    EmailAddress.objects.create(user=made("mallory"), email=NEW)
    page("action_add", NEW)
    follows_the_link(page.client, mailoutbox[-1])
    assert EmailAddress.objects.get(email=NEW, verified=True).user == eve


def test_a_link_of_somebody_else_signs_nobody_out(eve, page, mailoutbox):
    made("udo")
    page("action_add", NEW)
    udos = browser_of("udo")
    follows_the_link(udos, next(letter for letter in mailoutbox if letter.to == [NEW]))
    assert is_in(udos) and EmailAddress.objects.get(email=NEW).verified


def test_after_five_letters_it_is_said_when_another_may_be_asked_for(eve, page, mailoutbox):
    page("action_add", NEW)
    for _ in range(4):
        assert "Ask again" not in page("action_send", NEW).content.decode()
    assert "Ask again in 60 minutes" in page("action_send", NEW).content.decode()
    assert len(mailoutbox) == 5


# -- another address -------------------------------------------------------------------------------------------------


def test_a_confirmed_address_is_ones_own(eve, page, mailoutbox, django_capture_on_commit_callbacks):
    page("action_add", NEW)
    follows_the_link(page.client, next(letter for letter in mailoutbox if letter.to == [NEW]))
    with django_capture_on_commit_callbacks(execute=True):
        page("action_primary", NEW)
    assert known_by(eve) == NEW and found(NEW) == eve.pk
    assert mailoutbox[-1].to == ["eve@example.org"] and "is another one" in mailoutbox[-1].subject
    assert str(AuditEntry.objects.latest("pk")) == "@eve changed the primary e-mail address of @eve."
    page("action_remove", "eve@example.org")
    assert not EmailAddress.objects.filter(email="eve@example.org").exists()


@pytest.mark.parametrize("what", ["action_add", "action_primary", "action_remove"])
def test_an_address_is_changed_after_the_password_was_shown_anew(eve, page, later, what):
    EmailAddress.objects.create(user=eve, email="second@example.org", verified=True)
    address = NEW if what == "action_add" else "second@example.org"
    before = sorted(EmailAddress.objects.values_list("email", "primary"))
    later()
    answer = page(what, address)
    assert answer.redirect_chain == [("/accounts/reauthenticate/?next=%2Faccounts%2Femail%2F", 302)]
    there = "/accounts/reauthenticate/"
    page.client.post(there, {"password": "a guess", "next": "/accounts/email/"})
    assert sorted(EmailAddress.objects.values_list("email", "primary")) == before
    page.client.post(there, {"password": PASSWORD, "next": "/accounts/email/"})
    assert sorted(EmailAddress.objects.values_list("email", "primary")) != before


def test_who_has_no_password_signs_in_anew_before_they_change_how_they_come_in(eve):
    eve.set_unusable_password()
    get_user_model().objects.filter(pk=eve.pk).update(password=eve.password)
    client = Client()
    client.force_login(eve)
    new = {"password1": "another long sentence", "password2": "another long sentence"}
    for path, form in (
        ("email/", {"action_add": "", "email": NEW}),
        ("password/set/", new),
        ("two-factor/", {"code": "1"}),
    ):
        answer = client.post(f"/accounts/{path}", form, follow=True)
        assert "sign out and in again" in answer.content.decode() and answer.redirect_chain, path
    assert not EmailAddress.objects.filter(email=NEW).exists() and not now(eve).has_usable_password()
