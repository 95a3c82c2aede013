"""What the diagnostic says of the single sign-on: of none, of one that answers, that is away, that is another."""

import pytest

from accounts.single_sign_on.configured import SignOn
from operations.doctor import single_sign_on
from operations.doctor.place import Place
from tests.unit.accounts.issuer import running


@pytest.fixture
def issuer(settings):
    with running() as issuer:
        settings.OIDC = SignOn(issuer=issuer.address, client_id="x", client_secret="y")
        yield issuer


@pytest.fixture
def place():
    class Place:
        def need_django(self):
            pass

    return Place()


def test_nothing_is_said_where_there_is_none(place, settings):
    settings.OIDC = SignOn()
    assert list(single_sign_on.check(place)) == []


def test_one_that_answers_is_well(place, issuer):
    (found,) = single_sign_on.check(place)
    assert found.ok and issuer.address in found.what


@pytest.mark.parametrize(
    ("lie", "words"),
    [
        ({"issuer": "https://evil.example"}, "calls itself https://evil.example"),
        ({"token_endpoint": "http://id.example.org/token"}, "no token_endpoint"),
        ({"jwks_uri": None}, "no jwks_uri"),
        ({"code_challenge_methods_supported": ["plain"]}, "PKCE"),
    ],
)
def test_one_that_is_another_is_told_of(place, issuer, lie, words):
    issuer.lies["itself"] = lie
    (found,) = single_sign_on.check(place)
    assert not found.ok and words in found.what and "OIDC_ISSUER" in found.cure


@pytest.mark.parametrize("said", [b"<html>", b""])
def test_one_that_says_nothing_of_itself_is_told_of(place, issuer, monkeypatch, said):
    monkeypatch.setattr(issuer, "of_itself", lambda: said)
    (found,) = single_sign_on.check(place)
    assert not found.ok and "does not answer as it should" in found.what


def test_one_that_is_away_is_told_of_with_a_way_in(place, settings):
    settings.OIDC = SignOn(issuer="http://127.0.0.1:9", client_id="x", client_secret="y")
    (found,) = single_sign_on.check(place)
    assert not found.ok and "sign_in_link" in found.cure


def test_the_secret_is_shown_by_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("OIDC_CLIENT_SECRET", "the secret of the client")
    assert "the secret of the client" in Place([], tmp_path).secrets()
