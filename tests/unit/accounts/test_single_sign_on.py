"""Coming in by the word of an issuer, which is a real one on loopback; and by its lies, which is not possible."""

import re
import time
from html import unescape

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client

from accounts import actions
from accounts.signing_in import back_in
from accounts.single_sign_on.configured import SignOn, checked

from . import issuer as issuers
from .conftest import now
from .test_people import PASSWORD, browser_of, is_in, key
from .test_two_factor import SECRET, STEP, clock, gives, shown  # noqa: F401  a fixture

THERE, BACK = "/accounts/sign-on/", "/accounts/sign-on/back/"
ANEW = "/accounts/sign-on/new/"


@pytest.fixture(scope="module")
def an_issuer():
    with issuers.running() as issuer:
        yield issuer


@pytest.fixture(autouse=True)
def issuer(an_issuer, db, settings):
    an_issuer.settle()
    settings.OIDC = sign_on(an_issuer)
    return an_issuer


def sign_on(issuer, **how):
    return SignOn(
        issuer=issuer.address, client_id=issuers.CLIENT, client_secret=issuers.SECRET, name="Hangar ID", **how
    )


def address_in(page):
    return unescape(re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page.content.decode())[1])


def sent_back(client, **form):
    """The path by which the issuer sends this browser back."""
    there = address_in(client.post(THERE, form))
    back = requests.get(there, allow_redirects=False, timeout=5).headers["Location"]
    assert back.startswith(f"http://testserver{BACK}")
    return back.removeprefix("http://testserver")


def comes(client=None, **form):
    """(the browser, the answer at the end of the way)."""
    client = client or Client()
    return client, client.get(sent_back(client, **form))


def told(client, answer):
    """What the sign-in page says to whoever is sent back to it."""
    assert answer.headers["Location"].startswith("/accounts/login/"), answer.headers["Location"]
    page = client.get("/accounts/login/").content.decode()
    return " ".join(re.findall(r'class="notice"[^>]*>([^<]+)<', page))


def linked(person, uid="7"):
    return SocialAccount.objects.create(provider=settings.OIDC.issuer, uid=uid, user=person)


# -- coming in -------------------------------------------------------------------------------------------------------


def test_whoever_is_linked_comes_in(udo):
    linked(udo)
    client, answer = comes(next="/messaging/saved/")
    assert answer.headers["Location"] == "/messaging/saved/" and is_in(client)
    assert SocialAccount.objects.get().extra_data == {}


def test_the_button_is_there_and_leads_there_by_a_page(udo):
    assert "Sign in with Hangar ID" in Client().get("/accounts/login/").content.decode()
    page = Client().post(THERE)
    assert page.status_code == 200 and "code_challenge_method=S256" in address_in(page)
    assert {"state", "nonce", "code_challenge"} <= {
        part.partition("=")[0] for part in address_in(page).partition("?")[2].split("&")
    }
    assert Client().get(THERE).status_code == 405


def test_nobody_chooses_what_the_issuer_is_asked(udo):
    there = address_in(Client().post(f"{THERE}?scope=admin&auth_params=prompt%3Dnone&process=connect"))
    assert "admin" not in there and "prompt" not in there


def test_signing_in_by_single_sign_on_changes_the_session_key(udo):
    linked(udo)
    client = Client()
    back = sent_back(client)
    before = key(client)
    client.get(back)
    assert is_in(client) and key(client) != before


def test_the_second_step_is_asked_for_too(udo, clock):  # noqa: F811
    linked(udo)
    actions.set_up_two_factor(by=udo, secret=SECRET, code=shown(clock))
    clock.step += 1
    client, answer = comes()
    assert answer.headers["Location"] == STEP and not is_in(client)
    gives(client, shown(clock))
    assert is_in(client)


def test_who_is_deactivated_does_not_come_in(udo):
    linked(udo)
    actions.deactivate(by=None, user_id=udo.pk)
    client, answer = comes()
    assert answer.headers["Location"] == "/accounts/inactive/" and not is_in(client)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/"])
def test_s33_it_never_leads_elsewhere(udo, elsewhere):
    linked(udo)
    assert comes(next=elsewhere)[1].headers["Location"] == "/messaging/"


def test_without_an_issuer_there_is_no_way(settings):
    settings.OIDC = SignOn()
    assert Client().post(THERE).status_code == Client().get(BACK).status_code == 404
    assert "Sign in with" not in Client().get("/accounts/login/").content.decode()


# -- linking ---------------------------------------------------------------------------------------------------------


def test_an_account_is_linked_once_its_password_was_shown(udo, django_capture_on_commit_callbacks):
    client, answer = comes(next="/messaging/saved/")
    assert answer.headers["Location"] == "/accounts/login/?next=%2Fmessaging%2Fsaved%2F" and not is_in(client)
    assert "Sign in once with its user name and password" in client.get("/accounts/login/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/login/", {"login": "udo", "password": PASSWORD})
    assert is_in(client) and SocialAccount.objects.get().user == udo
    assert "linked" in mail.outbox[-1].subject and mail.outbox[-1].to == [udo.email]
    assert is_in(comes()[0])


def test_the_second_step_comes_before_the_link(udo, clock):  # noqa: F811
    actions.set_up_two_factor(by=udo, secret=SECRET, code=shown(clock))
    clock.step += 1
    client, _ = comes()
    client.post("/accounts/login/", {"login": "udo", "password": PASSWORD})
    assert not SocialAccount.objects.exists()
    gives(client, shown(clock))
    assert SocialAccount.objects.get().user == udo


def test_the_password_of_another_account_links_nothing(udo, ada):
    client, _ = comes()
    client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    assert is_in(client) and not SocialAccount.objects.exists()
    client.post("/accounts/logout/")
    client.post("/accounts/login/", {"login": "udo", "password": PASSWORD})
    assert not SocialAccount.objects.exists()  # what waited is over


def test_what_waits_waits_ten_minutes(udo, monkeypatch):
    client, _ = comes()
    later = time.time() + 601
    monkeypatch.setattr("accounts.single_sign_on.linking.time.time", lambda: later)
    client.post("/accounts/login/", {"login": "udo", "password": PASSWORD})
    assert is_in(client) and not SocialAccount.objects.exists()


def test_an_account_is_linked_at_once_only_by_an_address_that_is_proved_here_too(udo, issuer, settings):
    settings.OIDC = sign_on(issuer, links_at_once=True, domains=("example.org",))
    EmailAddress.objects.update(verified=False)
    client, _ = comes()
    assert not is_in(client)  # anybody may have made the account with this address
    EmailAddress.objects.update(verified=True)
    assert is_in(comes()[0]) and SocialAccount.objects.get().user == udo


@pytest.fixture
def typed_in(udo, issuer, settings):
    """Udo's address is the issuer's visitor's, proved by nobody, where newcomers are let in."""
    EmailAddress.objects.update(verified=False)
    settings.OIDC = sign_on(issuer, takes_newcomers=True)
    issuer.person |= {"preferred_username": "uhu", "name": "Uhu"}
    return udo


def test_who_has_an_account_already_gets_no_second_one_unasked(typed_in):
    client, answer = comes(next="/messaging/saved/")
    assert not is_in(client) and get_user_model().objects.count() == 2
    assert "Sign in once with its user name and password" in client.get("/accounts/login/").content.decode()
    client.post("/accounts/login/", {"login": "udo", "password": PASSWORD})
    assert is_in(client) and SocialAccount.objects.get().user == typed_in


def test_an_address_that_somebody_only_typed_in_keeps_nobody_out(typed_in):
    client, _ = comes()
    assert "That account is not mine" in client.get("/accounts/login/").content.decode()
    answer = client.post(ANEW, {"next": "/messaging/saved/"})
    assert answer.headers["Location"] == "/messaging/saved/" and is_in(client)
    newcomer = SocialAccount.objects.get().user
    assert (newcomer.username, newcomer.name, newcomer.email) == ("uhu", "Uhu", typed_in.email)
    assert is_in(comes()[0]) and get_user_model().objects.count() == 3


def test_nobody_comes_anew_whom_the_issuer_did_not_send_a_moment_ago(typed_in, monkeypatch):
    assert Client().post(ANEW).headers["Location"] == "/accounts/login/"
    client, _ = comes()
    later = time.time() + 601
    monkeypatch.setattr("accounts.single_sign_on.linking.time.time", lambda: later)
    client.post(ANEW)
    assert not is_in(client) and get_user_model().objects.count() == 2


def test_nobody_comes_anew_who_was_not_asked_whether_they_are_new(udo, issuer, settings):
    """Somebody proved the address, or nobody is let in who is new."""
    for takes_newcomers, proved in ((True, True), (False, False)):
        EmailAddress.objects.update(verified=proved)
        settings.OIDC = sign_on(issuer, takes_newcomers=takes_newcomers)
        client, _ = comes()
        assert "is not mine" not in client.get("/accounts/login/").content.decode()
        client.post(ANEW)
        assert not is_in(client) and get_user_model().objects.count() == 2


def test_nobody_comes_anew_once_somebody_proved_the_address_meanwhile(typed_in):
    client, _ = comes()
    EmailAddress.objects.update(verified=True)
    assert client.post(ANEW).headers["Location"] == "/accounts/login/"
    page = client.get("/accounts/login/").content.decode()
    assert "Sign in once" in page and "is not mine" not in page and not is_in(client)


def test_who_shows_the_password_too_proves_the_address_with_it(udo):
    EmailAddress.objects.all().delete()
    client, _ = comes()
    assert not is_in(client)
    client.post("/accounts/login/", {"login": "udo", "password": PASSWORD})
    assert SocialAccount.objects.get().user == udo
    assert list(EmailAddress.objects.values_list("user", "email", "primary", "verified")) == [
        (udo.pk, "udo@example.org", True, True)
    ]


def test_one_unlinks_only_with_a_password(udo):
    linked(udo)
    client, _ = comes()
    udo.set_unusable_password()
    udo.save()
    client, _ = comes()
    assert "Unlink" not in client.get("/accounts/profile/").content.decode()
    client.post("/accounts/sign-on/unlink/")
    assert SocialAccount.objects.exists()
    udo.set_password(PASSWORD)
    udo.save()
    client = browser_of("udo")
    assert "Unlink" in client.get("/accounts/profile/").content.decode()
    client.post("/accounts/sign-on/unlink/")
    assert not SocialAccount.objects.exists()


# -- who may ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verified", [False, None, "false", "no", 0, "yes", [True]])
def test_an_address_that_is_not_verified_lets_nobody_in(udo, issuer, settings, verified):
    settings.OIDC = sign_on(issuer, takes_newcomers=True)
    issuer.person["email_verified"] = verified
    client, answer = comes()
    assert "does not say that it verified" in told(client, answer)
    assert not is_in(client) and get_user_model().objects.count() == 2


def test_an_address_of_one_place_is_not_verified_by_the_other(udo, issuer):
    issuer.lies["identity"] = {"email": "x@example.org", "email_verified": True}
    issuer.person.pop("email_verified")
    client, answer = comes()
    assert "does not say that it verified" in told(client, answer)


def test_newcomers_come_where_they_are_let_in(issuer, settings):
    client, answer = comes()
    assert "Nobody here" in told(client, answer) and not get_user_model().objects.exists()
    settings.OIDC = sign_on(issuer, takes_newcomers=True)
    issuer.person |= {"preferred_username": "udo", "name": "Udo\u202e Uhu"}
    client, answer = comes()
    person = get_user_model().objects.get()
    assert is_in(client) and (person.username, person.name) == ("udo", "Udo Uhu")
    assert person.email == "udo@example.org" and not person.has_usable_password() and not person.is_superuser
    assert EmailAddress.objects.get().verified
    assert is_in(comes()[0]) and get_user_model().objects.count() == 1


def test_a_banned_address_does_not_come_in_this_way_either(udo, issuer, settings):
    settings.OIDC = sign_on(issuer, takes_newcomers=True)
    EmailAddress.objects.filter(user=udo).delete()  # it was only typed in
    EmailAddress.objects.create(user=udo, email=udo.email, primary=True, verified=False)
    get_user_model().objects.filter(pk=udo.pk).update(is_active=False, is_banned=True)
    client, answer = comes()
    assert "Nobody here" in told(client, answer) and get_user_model().objects.count() == 2


def test_a_newcomer_takes_nobodys_name(udo, issuer, settings):
    settings.OIDC = sign_on(issuer, takes_newcomers=True)
    issuer.person |= {"email": "other@example.org", "preferred_username": "UDO"}
    comes()
    assert SocialAccount.objects.get().user != udo and get_user_model().objects.count() == 3


def test_only_addresses_of_the_domains_come_in(udo, issuer, settings):
    settings.OIDC = sign_on(issuer, domains=("hangar.example",), takes_newcomers=True)
    linked(udo)
    for address in ("udo@example.org", "udo@evilhangar.example", "udo@hangar.example.evil.org"):
        issuer.person["email"] = address
        client, answer = comes()
        assert "do not come in here" in told(client, answer) and not is_in(client)
    issuer.person["email"] = "udo@HANGAR.example"
    assert is_in(comes()[0])


def test_who_is_linked_is_known_by_the_number_and_not_by_the_address(udo, ada, issuer):
    linked(udo)
    issuer.person["email"] = "ada@example.org"
    client, _ = comes()
    assert f'data-user="{udo.pk}"' in client.get("/accounts/profile/").content.decode()


def test_the_numbers_of_another_issuer_are_not_those_of_this_one(udo, issuer):
    link = linked(udo)
    link.provider = "https://id.example.org/before"
    link.save()
    issuer.person["email"] = "other@example.org"
    client, answer = comes()
    assert "Nobody here" in told(client, answer) and not is_in(client)


# -- lies ------------------------------------------------------------------------------------------------------------

LIES = {
    "another nonce": ("identity", {"nonce": "x"}),
    "no nonce": ("identity", {"nonce": None}),
    "for another client": ("identity", {"aud": "another"}),
    "for nobody": ("identity", {"aud": None}),
    "by another issuer": ("identity", {"iss": "https://evil.example"}),
    "of yesterday": ("identity", {"exp": 1}),
    "of another person": ("identity", {"sub": "8"}),
    "without a number": ("identity", {"sub": None}),
    "a person without a number": ("person", {"sub": None}),
    "a number that is none": ("person", {"sub": ["7"]}),
    "an address that is none": ("person", {"email": 7}),
    "no identity": ("token", {"id_token": None}),
    "an identity that is none": ("token", {"id_token": "x.y.z"}),
    "no token": ("token", {"access_token": None}),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_lets_nobody_in(udo, issuer, lie, caplog):
    linked(udo)
    what, said = LIES[lie]
    issuer.lies[what] = said
    client, answer = comes()
    words = told(client, answer)
    assert not is_in(client)
    assert "cannot be trusted" in words or "cannot be reached" in words or "verified" in words
    issuer.settle()
    assert is_in(comes()[0])


def test_a_code_of_another_browser_opens_nothing(udo):
    """Neither where nothing was begun, nor where something else was."""
    linked(udo)
    back = sent_back(Client())
    stranger = Client()
    assert "begun in another browser" in told(stranger, stranger.get(back)) and not is_in(stranger)
    own = sent_back(stranger)
    foreign = re.sub(r"code=\w+", re.search(r"code=\w+", back)[0], own)
    stranger.get(foreign)  # refused by PKCE
    assert not is_in(stranger)


def test_a_way_back_is_good_once(udo):
    linked(udo)
    client = Client()
    back = sent_back(client)
    assert client.get(back).status_code == 302 and is_in(client)
    client.post("/accounts/logout/")
    client.get(back)
    assert not is_in(client)


@pytest.mark.parametrize(
    ("error", "words"), [("access_denied", "did not sign in"), ("server_error", "try again")]
)
def test_what_the_issuer_refuses_is_told_plainly(udo, issuer, error, words):
    issuer.refuses = error
    assert words in told(*comes())


@pytest.mark.parametrize(
    ("itself", "words"),
    [
        ({"issuer": "https://evil.example"}, "cannot be trusted"),
        ({"token_endpoint": None}, "cannot be trusted"),
        ({"authorization_endpoint": "http://evil.example/"}, "cannot be trusted"),
        ({"code_challenge_methods_supported": ["plain"]}, "cannot be trusted"),
    ],
)
def test_an_issuer_that_is_another_is_not_gone_to(issuer, itself, words):
    issuer.lies["itself"] = itself
    client = Client()
    assert words in told(client, client.post(THERE))


@pytest.mark.parametrize("said", [[], "hello", None, b"<html>"])
def test_what_is_no_answer_is_told_of(issuer, monkeypatch, said):
    monkeypatch.setattr(issuer, "of_itself", lambda: said)
    client = Client()
    assert "Please try again" in told(client, client.post(THERE))


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/userinfo"])
def test_s09_the_line_leads_nowhere_else(udo, issuer, path):
    linked(udo)
    client = Client()
    back = sent_back(client)
    issuer.sends_on = path
    assert "cannot be reached" in told(client, client.get(back))
    assert path in issuer.asked and "/elsewhere" not in issuer.asked and not is_in(client)


def test_an_issuer_that_is_away_is_told_of(settings):
    settings.OIDC = SignOn(issuer="http://127.0.0.1:9", client_id="x", client_secret="y", name="Hangar ID")
    client = Client()
    assert "cannot be reached" in told(client, client.post(THERE))


# -- the only way ----------------------------------------------------------------------------------------------------


@pytest.fixture
def only_way(issuer, settings):
    settings.OIDC = sign_on(issuer, is_only_way=True)


def tries(client, name="udo"):
    return client.post("/accounts/login/", {"login": name, "password": PASSWORD})


def test_passwords_open_nothing_where_it_is_the_only_way(udo, only_way):
    client = Client()
    assert 'name="password"' not in client.get("/accounts/login/").content.decode()
    assert tries(client).status_code == 200 and not is_in(client)
    linked(udo)
    assert is_in(comes(client)[0])


def test_a_password_still_links_the_account_where_single_sign_on_is_the_only_way(udo, ada, only_way):
    client, _ = comes()
    assert 'name="password"' in client.get("/accounts/login/").content.decode()
    assert tries(client, "ada").status_code == 200 and not is_in(client)
    tries(client)
    assert is_in(client) and SocialAccount.objects.get().user == udo


@pytest.fixture
def link(udo):
    return back_in.make_link("http://testserver/", udo).removeprefix("http://testserver")


def test_the_host_lets_somebody_back_in(udo, only_way, link):
    client = Client()
    assert client.get(link).status_code == 200 and not is_in(client)
    client.post(link)
    assert is_in(client)
    assert Client().get(link).status_code == Client().post(link).status_code == 404


def test_the_link_of_the_host_does_not_skip_the_second_step(udo, link, clock):  # noqa: F811
    actions.set_up_two_factor(by=udo, secret=SECRET, code=shown(clock))
    client = Client()
    assert client.post(link).headers["Location"] == STEP and not is_in(client)


@pytest.mark.parametrize("ends", ["age", "password", "deactivation", "forgery"])
def test_the_link_of_the_host_ends(udo, link, ends, monkeypatch):
    match ends:
        case "age":
            monkeypatch.setattr(back_in, "GOOD_FOR", -1)
        case "password":
            person = now(udo)
            person.set_password("quite another sentence")
            person.save()
        case "deactivation":
            actions.deactivate(by=None, user_id=udo.pk)
        case "forgery":
            link = link[:-3] + "x/"
    assert Client().get(link).status_code == 404


def test_the_host_is_given_the_link_at_a_shell(udo, capsys):
    call_command("sign_in_link", "UDO")
    assert "/accounts/back-in/" in capsys.readouterr().out
    actions.deactivate(by=None, user_id=udo.pk)
    for name in ("udo", "nobody"):
        with pytest.raises(CommandError):
            call_command("sign_in_link", name)


# -- settings --------------------------------------------------------------------------------------------------------

WHOLE = {"issuer": "https://id.example.org/x", "client_id": "c", "client_secret": "s"}


def test_settings_that_fit_are_taken():
    assert checked(SignOn(**WHOLE)) and not checked(SignOn())


@pytest.mark.parametrize(
    "how",
    [
        {"client_id": "c"},
        {"is_only_way": True},
        WHOLE | {"issuer": "http://id.example.org"},
        WHOLE | {"issuer": "id.example.org"},
        WHOLE | {"issuer": "https://["},
        WHOLE | {"issuer": "https://id.example.org/" + "x" * 200},
        WHOLE | {"client_secret": ""},
        WHOLE | {"links_at_once": True},
    ],
)
def test_settings_that_do_not_are_told_of(how):
    with pytest.raises(ImproperlyConfigured, match="OIDC_"):
        checked(SignOn(**how))
    assert "the secret" not in repr(SignOn(client_secret="the secret"))
