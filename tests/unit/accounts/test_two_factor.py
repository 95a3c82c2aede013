"""A second factor: set up, asked for, used up, guessed at, lost, and required."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import actions
from accounts.models import AuditEntry, Session
from accounts.sessions.opening import people_of
from accounts.sessions.validity import still_valid
from accounts.signing_in import two_factor

from .conftest import made, now
from .test_people import PASSWORD, browser_of, is_in, key

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
OWN, STEP = "/accounts/two-factor/", "/accounts/second-step/"


@pytest.fixture
def clock(monkeypatch):
    """Its `step` is the one that apps and server are in; it stands still unless it is turned."""

    class Clock:
        step = 58_000_000

        def time(self):
            return self.step * two_factor.STEP

    clock = Clock()
    monkeypatch.setattr("accounts.signing_in.two_factor.time", clock)
    monkeypatch.setattr("accounts.actions.two_factor.time", clock)
    return clock


def shown(clock, secret=SECRET, ahead=0):
    """What the app shows."""
    return two_factor.format_hotp_value(two_factor.hotp_value(secret, clock.step + ahead))


@pytest.fixture
def codes(udo, clock):
    """Udo has set it up; the recovery codes."""
    codes = actions.set_up_two_factor(by=udo, secret=SECRET, code=shown(clock))
    clock.step += 1
    return codes


def first_step(name="udo", **how):
    client = Client(**how)
    answer = client.post("/accounts/login/", {"login": name, "password": PASSWORD})
    assert answer.headers["Location"] == STEP
    return client


def gives(client, code):
    return client.post(STEP, {"code": code})


# -- setting up ------------------------------------------------------------------------------------------------------


def secret_on(page):
    return re.search(r'typed-key">([A-Z2-7 ]+)<', page)[1].replace(" ", "")


def sealed_on(page):
    return re.search(r'name="secret" value="([^"]+)"', page)[1]


def test_a_second_factor_is_set_up_by_a_picture_a_code_and_the_password(udo, clock):
    client = browser_of("udo")
    elsewhere = browser_of("udo")
    page = client.get(OWN).content.decode()
    assert "<svg" in page and "otpauth://totp/" in page
    form = {"secret": sealed_on(page), "code": shown(clock, secret_on(page)), "password": PASSWORD}
    before = key(client)
    answer = client.post(OWN, form)
    codes = re.findall(r"<code>(\d{4} \d{4})</code>", answer.content.decode())
    assert len(set(codes)) == 10 and two_factor.is_on(udo)
    assert "no-store" in answer.headers["Cache-Control"]
    assert key(client) != before and still_valid([before]) == {} and is_in(client) and not is_in(elsewhere)
    assert codes[0] not in client.get(OWN).content.decode()


@pytest.mark.parametrize("wrong", ["code", "password", "secret"])
def test_a_second_factor_is_not_set_up_by_a_wrong_code_or_password(udo, clock, wrong):
    client = browser_of("udo")
    page = client.get(OWN).content.decode()
    form = {"secret": sealed_on(page), "code": shown(clock, secret_on(page)), "password": PASSWORD}
    answer = client.post(OWN, form | {wrong: "000000"}).content.decode()
    assert not two_factor.is_on(udo)
    assert (secret_on(answer) == secret_on(page)) is (wrong != "secret")  # the app keeps what it was given


def test_a_secret_that_was_sealed_for_another_is_not_taken(udo, ada, clock):
    page = browser_of("ada").get(OWN).content.decode()
    form = {"secret": sealed_on(page), "code": shown(clock, secret_on(page)), "password": PASSWORD}
    browser_of("udo").post(OWN, form)
    assert not two_factor.is_on(udo)


def test_the_database_holds_neither_the_secret_nor_the_codes(codes):
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in kept and not any(code in kept for code in codes)


def test_a_second_factor_is_not_set_up_twice(udo, codes, clock):
    with pytest.raises(ValidationError):
        actions.set_up_two_factor(by=udo, secret=SECRET, code=shown(clock))


# -- the second step -------------------------------------------------------------------------------------------------


def test_nobody_is_in_before_the_second_step(udo, codes, clock):
    client = first_step()
    before = key(client)
    assert not is_in(client) and people_of([before]) == {}
    assert gives(client, shown(clock)).headers["Location"] == "/messaging/"
    assert is_in(client) and key(client) != before
    assert Session.objects.get(session_key=key(client)).user_id == udo.pk


def test_the_second_step_leads_to_where_one_wanted_to_go(codes, clock):
    client = Client()
    client.post("/accounts/login/", {"login": "udo", "password": PASSWORD, "next": "/messaging/saved/"})
    assert gives(client, shown(clock)).headers["Location"] == "/messaging/saved/"


def test_a_code_opens_once_and_none_before_it_any_more(codes, clock):
    late, used = shown(clock), shown(clock, ahead=1)
    assert gives(first_step(), used).status_code == 302
    for code in (used, late):
        client = first_step()
        assert "used already" in gives(client, code).content.decode() and not is_in(client)
    clock.step += 2
    assert gives(first_step(), shown(clock)).status_code == 302


def test_the_code_that_set_it_up_opens_nothing(codes, clock):
    assert gives(first_step(), shown(clock, ahead=-1)).status_code == 200


@pytest.mark.parametrize(("ahead", "opens"), [(-1, True), (1, True), (-2, False), (2, False)])
def test_a_clock_may_be_half_a_minute_wrong(codes, clock, ahead, opens):
    clock.step += 5
    assert (gives(first_step(), shown(clock, ahead=ahead)).status_code == 302) is opens


def test_a_recovery_code_opens_once_however_it_is_typed(codes):
    code = codes[3]
    assert gives(first_step(), f" {code[:4]} {code[4:]} ").status_code == 302
    assert gives(first_step(), code).status_code == 200
    assert gives(first_step(), codes[4]).status_code == 302


@pytest.mark.parametrize("code", ["", "0" * 6, "½", "\0", "x" * 500, "٣" * 6])
def test_what_is_no_code_opens_nothing(codes, code):
    client = first_step()
    assert gives(client, code).status_code == 200 and not is_in(client)


def test_the_second_step_needs_the_first(codes, clock):
    answer = gives(Client(), shown(clock))
    assert answer.headers["Location"] == "/accounts/login/"


def test_another_password_or_a_closed_account_ends_what_was_begun(udo, codes, clock):
    begun = first_step()
    udo.set_password("quite another sentence")
    udo.save()
    assert gives(begun, shown(clock)).headers["Location"] == "/accounts/login/" and not is_in(begun)
    udo.set_password(PASSWORD)
    udo.save()
    begun = first_step()
    actions.deactivate(by=None, user_id=udo.pk)
    assert gives(begun, shown(clock)).headers["Location"] == "/accounts/login/" and not is_in(begun)


def test_a_link_for_a_new_password_does_not_skip_it(udo, codes):
    _, password_key = actions.make_password_key(by=None, user_id=udo.pk)
    client = Client()
    there = client.get(f"/accounts/password/reset/key/{password_key}/").headers["Location"]
    client.post(there, {"password1": "quite another sentence", "password2": "quite another sentence"})
    assert not is_in(client) and now(udo).check_password("quite another sentence")
    answer = client.post("/accounts/login/", {"login": "udo", "password": "quite another sentence"})
    assert answer.headers["Location"] == STEP and not is_in(client)


# -- guesses ---------------------------------------------------------------------------------------------------------


def test_s53_codes_are_guessed_five_times_from_wherever(
    udo, codes, clock, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(5):
            gives(first_step(REMOTE_ADDR=f"203.0.113.{number}"), "000000")
    assert mail.outbox[-1].to == [udo.email] and "tries to sign in" in mail.outbox[-1].subject
    cache.clear()  # it holds over restarts, and for all processes
    client = first_step(REMOTE_ADDR="198.51.100.2")
    assert "Too many" in gives(client, shown(clock)).content.decode() and not is_in(client)
    clock.step += 11
    assert gives(client, shown(clock)).status_code == 302


def test_s53_guesses_at_many_accounts_from_one_address_are_throttled(codes):
    client = first_step()
    answers = [gives(client, "000000").status_code for _ in range(31)]
    assert answers[0] == 200 and answers[-1] == 429


def test_s54_the_first_step_tells_nothing_of_the_second(codes):
    def told(name):
        page = Client().post("/accounts/login/", {"login": name, "password": "wrong"})
        return page.status_code, re.sub(r'(nonce|value|content)="[^"]*"', "", page.content.decode())

    assert told("udo") == told("nobody")


# -- doing without it ------------------------------------------------------------------------------------------------


@pytest.fixture
def client(codes, clock):
    client = first_step()
    gives(client, shown(clock))
    return client


def test_switching_off_and_new_codes_ask_for_the_password(udo, client, codes):
    for path in ("off/", "codes/"):
        assert "That is not your password" in client.post(OWN + path, {"password": "x"}).content.decode()
    assert two_factor.is_on(udo)
    answer = client.post(OWN + "codes/", {"password": PASSWORD}).content.decode()
    new = [code.replace(" ", "") for code in re.findall(r"<code>(\d{4} \d{4})</code>", answer)]
    assert len(new) == 10 and not set(new) & set(codes)
    assert gives(first_step(), codes[0]).status_code == 200
    assert gives(first_step(), new[0]).status_code == 302
    assert client.post(OWN + "off/", {"password": PASSWORD}).status_code == 302
    assert not Authenticator.objects.exists() and is_in(browser_of("udo"))


def test_the_password_is_tried_a_few_times_only(client):
    answers = [client.post(OWN + "off/", {"password": "x"}).status_code for _ in range(11)]
    assert answers[-1] == 429


def test_who_has_no_password_shows_a_code(udo, client, codes):
    udo.set_unusable_password()
    udo.save()
    client.force_login(udo)
    assert client.post(OWN + "off/", {"code": "000000"}).status_code == 200
    assert client.post(OWN + "off/", {"code": codes[0]}).status_code == 302
    assert not two_factor.is_on(udo)


def test_an_administrator_takes_a_second_factor_away(
    udo, admin, client, codes, django_capture_on_commit_callbacks
):
    page = admin.get(f"/accounts/people/{udo.pk}/").content.decode()
    assert "Take it away" in page
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(f"/accounts/people/{udo.pk}/two-factor/take-away/")
    assert not Authenticator.objects.exists() and not is_in(client)
    assert mail.outbox[-1].to == [udo.email] and "taken away" in mail.outbox[-1].subject
    assert "Take it away" not in admin.get(f"/accounts/people/{udo.pk}/").content.decode()
    assert is_in(browser_of("udo"))


def test_only_an_administrator_takes_a_second_factor_away_and_not_their_own(ada, udo, codes, clock):
    with pytest.raises(PermissionDenied):
        actions.take_two_factor_away(by=made("eve", is_staff=True), user_id=udo.pk)
    actions.set_up_two_factor(by=ada, secret=SECRET, code=shown(clock))
    with pytest.raises(ValidationError):
        actions.take_two_factor_away(by=ada, user_id=ada.pk)
    assert two_factor.is_on(ada) and two_factor.is_on(udo)


def test_a_host_at_a_shell_takes_a_second_factor_away(udo, codes, capsys):
    call_command("take_two_factor_away", "UDO")
    assert "taken away" in capsys.readouterr().out and not two_factor.is_on(udo)
    for name in ("udo", "nobody"):
        with pytest.raises(CommandError):
            call_command("take_two_factor_away", name)


def test_another_secret_key_makes_it_unreadable_and_that_is_said(udo, client, codes, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key" * 5
    assert "cannot be read" in client.get(OWN).content.decode()
    assert "cannot be read" in gives(first_step(), codes[0]).content.decode()
    assert client.post(OWN + "off/", {"password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("act", ["set up", "renewed", "switched off"])
def test_each_change_is_told_by_mail(udo, clock, act, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.set_up_two_factor(by=udo, secret=SECRET, code=shown(clock))
        if act == "renewed":
            actions.renew_recovery_codes(by=udo)
        if act == "switched off":
            actions.switch_two_factor_off(by=udo)
    assert mail.outbox[-1].to == [udo.email]
    assert {"set up": "set up", "renewed": "new recovery codes", "switched off": "switched off"}[
        act
    ] in mail.outbox[-1].subject


def test_the_other_pages_of_an_account_know_of_it(udo, client):
    for path in ("reauthenticate/", "email/", "password/change/", "profile/", "two-factor/"):
        assert client.get(f"/accounts/{path}").status_code == 200, path
    client.post("/accounts/email/", {"email": "more@example.org", "action_add": ""})
    assert udo.emailaddress_set.filter(email="more@example.org").exists()


# -- where it is required --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("required", "held_back"), [("", set()), ("administrators", {"ada"}), ("all", {"ada", "udo"})]
)
def test_whoever_must_have_one_sets_it_up_before_anything_else(ada, udo, settings, required, held_back):
    settings.REQUIRE_TWO_FACTOR = required
    for person in (ada, udo):
        client = browser_of(person.username)
        is_held_back = person.username in held_back
        for path in ("/messaging/", "/boards/", "/accounts/profile/", "/accounts/email/"):
            answer = client.get(path)
            assert (answer.headers.get("Location") == OWN) is is_held_back, path
        assert client.get(OWN).status_code == 200
        assert (people_of([key(client)]) == {}) is is_held_back
        assert (still_valid([key(client)]) == {}) is is_held_back


def test_scripts_are_told_so_and_anybody_may_leave(udo, settings):
    settings.REQUIRE_TWO_FACTOR = "all"
    client = browser_of("udo")
    for ask in (client.get, client.post):
        answer = ask(reverse("messaging:read_all"), headers={"Accept": "application/json"})
        assert answer.status_code == 403 and "Set up" in answer.json()["detail"]
    assert client.get("/healthz").status_code == 200
    assert client.post("/accounts/logout/").status_code == 302
    assert Client().get("/accounts/login/").status_code == 200


def test_the_page_shows_nothing_else_meanwhile(udo, settings):
    settings.REQUIRE_TWO_FACTOR = "all"
    page = browser_of("udo").get(OWN).content.decode()
    assert "data-user" not in page and 'class="sidebar"' not in page


def test_once_it_is_set_up_everything_opens(udo, settings, clock):
    settings.REQUIRE_TWO_FACTOR = "all"
    client = browser_of("udo")
    page = client.get(OWN).content.decode()
    form = {"secret": sealed_on(page), "code": shown(clock, secret_on(page)), "password": PASSWORD}
    client.post(OWN, form)
    assert client.get("/messaging/").status_code == 200
    assert people_of([key(client)]).keys() == {key(client)} == still_valid([key(client)]).keys()


def test_where_it_is_required_it_is_not_switched_off(udo, client, settings):
    settings.REQUIRE_TWO_FACTOR = "all"
    assert "Switch it off" not in client.get(OWN).content.decode()
    assert "cannot be switched off" in client.post(OWN + "off/", {"password": PASSWORD}).content.decode()
    assert two_factor.is_on(udo)


def test_newcomers_set_it_up_first(ada, settings):
    settings.REQUIRE_TWO_FACTOR = "all"
    _, token = actions.make_invite_link(by=None)
    client, there = Client(), f"/accounts/join/{token}/"
    client.post(there, {"username": "zoe", "password1": PASSWORD, "password2": PASSWORD})
    assert client.get("/messaging/").headers["Location"] == OWN


def test_nothing_is_asked_where_it_is_not_required(udo):
    client = browser_of("udo")
    with CaptureQueriesContext(connection) as asked:
        client.get("/messaging/")
    assert asked.captured_queries and "mfa_authenticator" not in str(asked.captured_queries)


def test_programs_wait_for_it_too(udo, settings, clock):
    _, secret = actions.make_token(by=udo, name="Bot", scopes=["messages:read"])
    bearer = {"Authorization": f"Bearer {secret}"}
    assert Client(headers=bearer).get("/api/v1/me").status_code == 200
    settings.REQUIRE_TWO_FACTOR = "all"
    refused = Client(headers=bearer).get("/api/v1/me")
    assert refused.status_code == 403 and refused.json()["code"] == "second_factor_required"
    set_up(udo, clock)
    assert Client(headers=bearer).get("/api/v1/me").status_code == 200


def test_what_is_done_with_it_is_noted(udo, ada, clock):
    set_up(udo, clock)
    actions.renew_recovery_codes(by=udo)
    actions.promote(by=None, user_id=ada.pk)
    ada.refresh_from_db()
    actions.take_two_factor_away(by=ada, user_id=udo.pk)
    words = (
        AuditEntry.objects.filter(word__startswith="two_factor.")
        .order_by("pk")
        .values_list("word", flat=True)
    )
    assert list(words) == ["two_factor.set_up", "two_factor.codes_renewed", "two_factor.taken_away"]


def set_up(person, clock):
    code = two_factor.format_hotp_value(two_factor.hotp_value(SECRET, clock.step))
    return actions.set_up_two_factor(by=person, secret=SECRET, code=code)
