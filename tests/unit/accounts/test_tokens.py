"""Access tokens: made and ended by their person, shown once, and ended with whatever ends their person's sessions."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts import actions
from accounts.actions import tokens as making
from accounts.models import AccessToken
from accounts.scopes import SCOPES

from .conftest import made, now
from .test_people import PASSWORD

PAGE = "/accounts/tokens/"
ALL = list(SCOPES)


@pytest.fixture
def hers(udo):
    """Udo's token and its secret."""
    return actions.make_token(by=udo, name="Bot", scopes=ALL)


@pytest.fixture
def browser(udo):
    client = Client()
    client.force_login(udo)
    return client


def who(secret):
    """Whom the API takes the bearer for; None for nobody."""
    answer = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"})
    return answer.json()["username"] if answer.status_code == 200 else None


def words(page):
    return page.content.decode()


def test_a_token_is_made_shown_once_and_listed(browser):
    page = browser.post(PAGE, {"name": "Nightly <b>build</b>", "scopes": ["messages:write", "boards:read"]})
    secret = re.search(r'id="token" value="(prizm_[\w-]{43})"', words(page))[1]
    assert "no-store" in page.headers["Cache-Control"] and who(secret) == "udo"
    assert 'value="http://testserver/mcp"' in words(page)
    again = words(browser.get(PAGE))
    assert secret not in again and "Nightly &lt;b&gt;build&lt;/b&gt;" in again
    assert "messages:write, boards:read" in again and "last used" in again
    kept = AccessToken.objects.values_list().get()
    assert not [value for value in kept if secret[6:20] in str(value)]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"name": "", "scopes": ALL}, "This field is required"),
        ({"name": " \u200b ", "scopes": ALL}, "what the token is for"),
        ({"name": "Bot"}, "Choose at least one"),
        ({"name": "Bot", "scopes": ["everything"]}, "not one of the available choices"),
        ({"name": "Bot", "scopes": ALL, "good_until": "2001-01-01"}, "from today on"),
        ({"name": "Bot", "scopes": ALL, "good_until": "9999-12-31"}, "ten years"),
        ({"name": "Bot", "scopes": ALL, "good_until": "soon"}, "valid date"),
    ],
    ids=str,
)
def test_what_is_filled_in_wrongly_is_said_and_nothing_made(browser, said, why):
    page = browser.post(PAGE, said)
    assert why in words(page) and not AccessToken.objects.exists()


def test_a_token_is_good_until_its_last_day_is_over_where_its_person_is(browser, udo):
    udo.time_zone = "Pacific/Auckland"
    udo.save()
    browser.post(PAGE, {"name": "Bot", "scopes": ALL, "good_until": "2030-06-30"})
    assert AccessToken.objects.get().good_until.isoformat() == "2030-06-30T12:00:00+00:00"


def test_a_token_opens_nothing_after_its_end(hers):
    token, secret = hers
    AccessToken.objects.update(good_until=timezone.now() + timedelta(minutes=1))
    assert who(secret) == "udo"
    AccessToken.objects.update(good_until=timezone.now() - timedelta(seconds=1))
    assert who(secret) is None


def test_a_token_is_ended_at_once_by_its_person_alone(browser, ada, hers):
    token, secret = hers
    stranger = Client()
    stranger.force_login(ada)
    assert stranger.post(f"{PAGE}{token.pk}/end/").status_code == 404 and who(secret) == "udo"
    page = browser.post(f"{PAGE}{token.pk}/end/", follow=True)
    assert "The token is ended" in words(page) and who(secret) is None


@pytest.mark.parametrize("how", ["deactivated", "a new password", "a link for a new password", "gone"])
def test_what_ends_the_sessions_ends_the_tokens(ada, udo, browser, hers, how):
    token, secret = hers
    _, others = actions.make_token(by=ada, name="Bot", scopes=ALL)
    match how:
        case "deactivated":
            actions.deactivate(by=ada, user_id=udo.pk)
            actions.let_in_again(by=ada, user_id=udo.pk)
        case "a new password":
            new = "quite another sentence"
            said = {"oldpassword": PASSWORD, "password1": new, "password2": new}
            assert browser.post("/accounts/password/change/", said).status_code == 302
        case "a link for a new password":
            person = now(udo)
            person.set_password("quite another sentence")
            person.save()
        case "gone":
            udo.delete()
    assert who(secret) is None and who(others) == "ada"
    assert not AccessToken.objects.filter(pk=token.pk).exists()


@pytest.mark.parametrize("how", ["deactivated", "a new password", "gone"])
def test_what_ended_the_tokens_meanwhile_lets_none_be_made(ada, udo, how):
    """Whoever asks was let in before, and is known by what they were then."""
    then, person = now(udo), now(udo)
    match how:
        case "deactivated":
            actions.deactivate(by=ada, user_id=udo.pk)
        case "a new password":
            person.set_password("quite another sentence")
            person.save()
        case "gone":
            person.delete()
    with pytest.raises(PermissionDenied):
        actions.make_token(by=then, name="Bot", scopes=ALL)
    assert not AccessToken.objects.exists()


def test_what_does_not_end_the_sessions_leaves_the_tokens(udo, hers):
    person = now(udo)
    person.display_name = "Udo the Great"
    person.save()
    Client().post("/accounts/login/", {"login": "udo", "password": PASSWORD})
    assert who(hers[1]) == "udo"


def test_nobody_has_any_number_of_tokens(udo, monkeypatch):
    monkeypatch.setattr(making, "MOST", 2)
    for _ in range(2):
        actions.make_token(by=udo, name="Bot", scopes=ALL)
    with pytest.raises(ValidationError, match="2 tokens"):
        actions.make_token(by=udo, name="Bot", scopes=ALL)


def test_the_database_keeps_no_token_for_nothing_and_no_two_alike(udo, hers):
    for wrong in ({"digest": "x", "scope": ""}, {"digest": hers[0].digest, "scope": "boards:read"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AccessToken.objects.create(user=udo, name="Bot", **wrong)


def test_the_last_use_of_a_token_is_noted_once_a_minute(hers, django_assert_num_queries):
    token, secret = hers
    who(secret)
    noted = AccessToken.objects.get().used_at
    assert timezone.now() - noted < timedelta(minutes=1)
    with django_assert_num_queries(1):
        who(secret)
    AccessToken.objects.update(used_at=noted - timedelta(minutes=2))
    who(secret)
    assert AccessToken.objects.get().used_at >= noted


def test_the_page_shows_its_person_their_own_alone(browser, hers):
    actions.make_token(by=made("eva"), name="Somebody else's", scopes=ALL)
    page = words(browser.get(PAGE))
    assert "Bot" in page and "Somebody else" not in page


@pytest.mark.parametrize(
    "said", ["Bearer", "Bearer ", "Basic dWRvOng=", "bearer prizm_x", "Bearer \u00e9", "x" * 9_000]
)
def test_what_is_no_token_is_refused_in_words(db, said):
    answer = Client().get("/api/v1/me", headers={"Authorization": said})
    assert answer.status_code == 401 and "Access tokens" in answer.json()["detail"]
