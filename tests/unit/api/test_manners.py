"""How the API answers whatever it is asked: in one shape, at the pace of a person, and never with a traceback."""

import logging
from io import BytesIO

import pytest
from django.core.handlers.asgi import ASGIRequest
from django.db import OperationalError
from django.test import Client
from django.urls import resolve

from live import rate
from live.limits import Bucket
from messaging.views.search import searching

from .conftest import Program, say

ROOM = "conversations/{}/messages"


def test_a_person_has_one_pace_for_programs_and_pages(bot, hangar, monkeypatch):
    within_a_moment = Bucket(5, 20, clock=lambda: 0.0)
    monkeypatch.setitem(rate.POSTS._of, bot.person.pk, within_a_moment)
    there = ROOM.format(hangar.pk)
    answers = [bot.asks("POST", there, {"message": str(number)}) for number in range(21)]
    assert [answer.status_code for answer in answers] == [201] * 20 + [429]
    late = answers[-1]
    assert late.json()["code"] == "rate_limited" and late.json()["temporary"]
    assert late.json()["retry_after"] > 0 and int(late.headers["Retry-After"]) >= 1
    page = Client()
    page.force_login(bot.person)
    assert page.post(f"/messaging/conversation/{hangar.pk}/messages/", {"message": "x"}).status_code == 429
    another = Program(bot.person)
    assert another.refused("POST", there, {"message": "x"}) == (429, "rate_limited")
    assert another.gets(there)["messages"]


@pytest.mark.parametrize(
    "chosen, accepted, said", [("de", "en", "Bitte"), ("", "de", "Bitte"), ("en", "de", "Please")]
)
def test_a_refusal_is_in_the_language_of_the_tokens_person(bot, hangar, chosen, accepted, said):
    bot.person.language = chosen
    bot.person.save()
    bot.accepts = accepted
    answer = bot.asks("POST", ROOM.format(hangar.pk), {"message": " "})
    assert said in answer.json()["detail"] and answer.headers["Content-Language"] == (chosen or accepted)


def test_looking_takes_no_turn(bot, hangar):
    for _ in range(30):
        bot.gets("me")
    assert rate.POSTS.of(bot.person.pk).is_full()


@pytest.mark.parametrize(
    "body",
    [b"[" * 60_000, b'{"message": NaN}', b'{"message": "\\ud800"}', b"null", b'"x"', b"\xff", b"",
     b'{"message": "x", "reply_to": ' + b"9" * 5000 + b"}", b'{"message": "x", "reply_to": true}',
     b'{"message": "x", "reply_to": -1}', b'{"message": "x", "attachments": {}}', b'{"message": ["x"]}',
     b'{"message": "a\\u0000"}', b'{"message": "x", "user_id": 1}', b'{"message": ""}'],
    ids=lambda body: repr(body[:30]),
)  # fmt: skip
def test_s12_no_body_breaks_anything(bot, hangar, body):
    status, code = bot.refused("POST", ROOM.format(hangar.pk), body)
    assert status == 400 and code in ("malformed", "invalid")


@pytest.mark.parametrize("number", ["9" * 18, "9" * 19, "9" * 400, "-1", "1e9", "²", "NaN", "x"])
def test_s77_no_number_breaks_anything(bot, hangar, number):
    assert bot.asks("GET", f"conversations/{number}").status_code == 404
    for query in ("before", "after", "around", "limit"):
        assert bot.asks("GET", ROOM.format(hangar.pk), **{query: number}).status_code in (200, 400)
    assert bot.asks("GET", f"conversations/{hangar.pk}/changes", since=number).status_code in (400, 409)
    assert bot.asks("GET", "search", q="x", below=number).status_code in (200, 400)


def test_s87_a_post_sets_nothing_but_what_it_says(bot, hangar, ada):
    for forged in ("user_id", "author", "seq", "kind", "html", "event", "revision", "created_at"):
        said = {"message": "x", forged: 1}
        assert bot.refused("POST", ROOM.format(hangar.pk), said) == (400, "malformed")


LARGE = b'{"message": "' + b"x" * 65_536 + b'"}'


def test_a_body_of_more_than_64_kib_is_too_large(bot, hangar):
    assert bot.refused("POST", ROOM.format(hangar.pk), LARGE) == (413, "too_large")


def test_a_body_that_does_not_say_how_large_it_is_is_looked_at(bot, hangar):
    there = f"/api/v1/{ROOM.format(hangar.pk)}"
    said = [(b"authorization", f"Bearer {bot.secret}".encode()), (b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": there, "query_string": b"", "headers": said}
    view, _, address = resolve(there)
    answers = [view(ASGIRequest(scope, BytesIO(body)), **address) for body in (LARGE, b'{"message": "x"}')]
    assert [answer.status_code for answer in answers] == [413, 201]


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x", "text/plain"])
@pytest.mark.parametrize("what", ["files", "messages"])
def test_no_form_breaks_anything(bot, hangar, kind, what):
    headers = {"Authorization": f"Bearer {bot.secret}"}
    there = f"/api/v1/conversations/{hangar.pk}/{what}"
    answer = Client().generic(
        "POST", there, b'--x\r\nContent-Disposition: form-data; name="a\r\n', kind, headers=headers
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


def test_what_is_asked_otherwise_is_told_how(bot, hangar):
    answer = bot.asks("DELETE", "me")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == "GET"
    assert bot.refused("GET", "nowhere") == (404, "not_found")


def test_while_the_database_is_away_it_says_come_again(bot, hangar, monkeypatch):
    def is_away(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr("messaging.api.messages.post_message", is_away)
    answer = bot.asks("POST", ROOM.format(hangar.pk), {"message": "x"})
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["Retry-After"] == "1"
    monkeypatch.setattr("accounts.api.bearer._token", is_away)
    assert bot.refused("GET", "me") == (503, "unavailable")


def test_a_fault_of_ours_is_told_in_the_same_shape_and_logged(bot, hangar, monkeypatch, caplog):
    def breaks(*args, **kwargs):
        raise RuntimeError("a secret in an exception")

    monkeypatch.setattr("messaging.api.messages.post_message", breaks)
    answer = bot.asks("POST", ROOM.format(hangar.pk), {"message": "x"})
    assert (answer.status_code, answer.json()["code"]) == (500, "broken")
    assert "secret" not in answer.content.decode() and "a secret in an exception" in caplog.text


def test_s90_no_token_stands_in_a_log(bot, hangar, caplog):
    caplog.set_level(logging.DEBUG)
    bot.asks("GET", "conversations/999")
    bot.asks("POST", ROOM.format(hangar.pk), {"message": "what was said"})
    Client().get("/api/v1/me", headers={"Authorization": f"Bearer {bot.secret}x"})
    assert "not_found" in caplog.text and f"user={bot.person.pk}" in caplog.text
    assert bot.secret[6:] not in caplog.text and "what was said" not in caplog.text


def test_days_are_those_of_the_person(bot, hangar, ada, monkeypatch):
    """Today has begun in Kiritimati when it has not anywhere else."""
    seen = []
    find = searching.find

    def noting(*args, **kwargs):
        found = find(*args, **kwargs)
        seen.append(found.question.since.utcoffset())
        return found

    monkeypatch.setattr("messaging.api.search.find", noting)
    say(ada, hangar, "now")
    bot.person.time_zone = "Pacific/Kiritimati"
    bot.person.save()
    assert bot.gets("search", q="on:today now")["hits"]
    assert [one.total_seconds() for one in seen] == [14 * 3600]


def test_answers_are_kept_by_nobody_and_set_no_cookie(bot, hangar):
    answer = bot.asks("GET", ROOM.format(hangar.pk))
    assert "no-store" in answer.headers["Cache-Control"] and not answer.cookies
    assert answer.headers["Content-Type"] == "application/json"
    assert "Access-Control-Allow-Origin" not in answer.headers
