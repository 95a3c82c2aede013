"""While the database is away nobody gets an answer that looks like a fault of theirs, or of ours."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.db import InterfaceError, OperationalError
from django.test import Client

from accounts.sessions.store import SessionStore

pytestmark = pytest.mark.django_db
POSTS = "/messaging/conversation/1/messages/"


@pytest.fixture
def ada(db):
    browser = Client(raise_request_exception=False)
    browser.force_login(get_user_model().objects.create_user("ada", "ada@example.org"))
    return browser


@pytest.fixture(params=[OperationalError, InterfaceError])
def asked(request, monkeypatch):
    return looks_for_sessions(monkeypatch, request.param("the connection is gone"))


def looks_for_sessions(monkeypatch, failure):
    """Each look for a session, which fails."""
    asked = []

    def fails(store):
        asked.append(store.session_key)
        raise failure

    monkeypatch.setattr(SessionStore, "_get_session_from_db", fails)
    return asked


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_script_is_told_to_come_again(ada, asked, method):
    words = {"data": json.dumps({"message": "Hello"})} if method == "post" else {}
    answer = getattr(ada, method)(
        POSTS, **words, content_type="application/json", headers={"Accept": "application/json"}
    )
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "2"
    assert answer.json()["temporary"] is True and answer.json()["retry_after"] == 2.0


def test_a_person_is_shown_a_page_that_is_nobodys(ada, asked):
    """Whose it is, is not known: a browser that took it for nobody's would forget what it has kept of hers."""
    answer = ada.get("/messaging/")
    assert answer.status_code == 503 and b"try again in a moment" in answer.content
    assert "Prizmai-Person" not in answer.headers and len(asked) == 1


def test_a_page_that_was_only_asked_for_tries_again_by_itself(ada, asked):
    words = ada.get("/messaging/?q=1").text
    assert '<meta http-equiv="refresh" content="2">' in words and 'href="">Try again</a>' in words


def test_nothing_that_was_sent_is_repeated(ada, asked):
    answer = ada.post("/messaging/", {"name": "Hangar"})
    assert answer.status_code == 503 and 'http-equiv="refresh"' not in answer.text
    assert 'href=""' not in answer.text and 'href="/messaging/"' in answer.text


def test_the_log_tells_it_in_a_line(ada, asked, caplog):
    ada.get("/messaging/")
    (line,) = caplog.records
    assert line.exc_info is None
    assert line.getMessage() == "Service Unavailable: /messaging/: the connection is gone"


def test_a_fault_of_ours_is_called_one(ada, monkeypatch, caplog):
    looks_for_sessions(monkeypatch, LookupError("a fault"))
    answer = ada.get("/messaging/")
    assert answer.status_code == 500 and b"broke on our side" in answer.content
    assert {line.exc_info[0] for line in caplog.records} == {LookupError}
