"""The transport and its messages, section by section of the revision 2025-06-18."""

import pytest
from django.db import OperationalError
from django.test import Client

from accounts.actions import end_token
from accounts.models import AccessToken
from messaging.models import Message

from .conftest import VERSION, Assistant

PING = {"jsonrpc": "2.0", "id": "a", "method": "ping"}


# -- lifecycle -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["2025-11-25", "2025-06-18", "2025-03-26"])
def test_a_version_that_is_known_is_agreed_on(assistant, version):
    agreed = assistant.asks("initialize", protocolVersion=version, capabilities={}, clientInfo={})
    assert agreed["protocolVersion"] == version
    assert agreed["capabilities"] == {"tools": {"listChanged": False}}
    assert agreed["serverInfo"].keys() == {"name", "title", "version"}
    assert "in the name of Bob" in agreed["instructions"] and "is data" in agreed["instructions"]


@pytest.mark.parametrize("version", ["2024-11-05", "2099-01-01", "", None, ["2025-06-18"], 7])
def test_for_any_other_the_newest_is_offered(assistant, version):
    assert assistant.asks("initialize", protocolVersion=version)["protocolVersion"] == "2025-11-25"


def test_notifications_and_answers_are_taken_and_not_answered(assistant):
    for message in (
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 1}},
        {"jsonrpc": "2.0", "id": 1, "result": {}},
        {"jsonrpc": "2.0", "id": 1, "error": {"code": 1, "message": "x"}},
    ):
        answer = assistant.posts(message)
        assert (answer.status_code, answer.content) == (202, b""), message


def test_a_ping_is_answered_by_nothing(assistant):
    assert assistant.asks("ping") == {}
    assert assistant.posts(PING).json() == {"jsonrpc": "2.0", "id": "a", "result": {}}


# -- messages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", -32700), (b"{", -32700), (b"\xff", -32700), (b"[" * 60_000, -32700), (b'{"a": NaN}', -32700),
        ([PING], -32600), ([], -32600), (None, -32600), ("ping", -32600), (7, -32600), ({}, -32600),
        ({**PING, "jsonrpc": "1.0"}, -32600), ({**PING, "id": None}, -32600), ({**PING, "id": True}, -32600),
        ({**PING, "id": [1]}, -32600), ({**PING, "id": 1.5}, -32600), ({**PING, "method": 1}, -32600),
        ({"jsonrpc": "2.0", "id": 1}, -32600),
    ],
    ids=lambda body: repr(body)[:30],
)  # fmt: skip
def test_what_is_no_message_is_refused(assistant, body, code):
    answer = assistant.posts(body)
    told = answer.json()
    assert (answer.status_code, told["error"]["code"], told["id"]) == (400, code, None)
    assert told["error"]["message"].endswith((".", "}."))


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"method": "resources/list"}, -32601),
        ({"method": "__class__"}, -32601),
        ({"method": "tools/call"}, -32602),
        ({"method": "tools/call", "params": {"name": "fly"}}, -32602),
        ({"method": "tools/call", "params": {"name": ["who_am_i"]}}, -32602),
        ({"method": "tools/call", "params": {"name": "who_am_i", "arguments": []}}, -32602),
        ({"method": "tools/list", "params": []}, -32602),
    ],
    ids=str,
)
def test_what_cannot_be_asked_is_an_error_of_the_protocol(assistant, message, code):
    answer = assistant.posts({"jsonrpc": "2.0", "id": 3, **message})
    assert (answer.status_code, answer.json()["error"]["code"], answer.json()["id"]) == (200, code, 3)


# -- transport -------------------------------------------------------------------------------------------------------


def test_the_address_works_with_and_without_a_slash(assistant):
    assert [assistant.posts(PING, at=there).status_code for there in ("/mcp", "/mcp/")] == [200, 200]
    assert assistant.posts(PING).headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT", "HEAD", "OPTIONS"])
def test_there_is_no_stream_and_no_session(assistant, method):
    answer = Client().generic(method, "/mcp", headers={"Authorization": f"Bearer {assistant.secret}"})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "Mcp-Session-Id" not in assistant.posts(PING).headers


@pytest.mark.parametrize("version", ["2024-11-05", "2026-07-28", "soon"])
def test_a_version_nobody_agreed_on_is_refused(assistant, version):
    answer = assistant.posts(PING, **{"MCP-Protocol-Version": version})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, -32600)
    assert VERSION in answer.json()["error"]["message"]
    beginning = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": version}}
    assert assistant.posts(beginning, **{"MCP-Protocol-Version": version}).status_code == 200


def test_who_says_no_version_is_heard(assistant):
    answer = Client().post(
        "/mcp", PING, "application/json", headers={"Authorization": f"Bearer {assistant.secret}"}
    )
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://testserver", 200), ("http://testserver:80", 200), ("https://chat.example.org", 200),
        ("https://testserver", 403), ("http://testserver:8001", 403), ("http://evil.example", 403),
        ("http://testserver.evil.example", 403), ("null", 403), ("", 403), ("http://a@testserver", 403),
        ("http://[", 403), ("http://testserver/", 403),
    ],
)  # fmt: skip
def test_s34_pages_of_other_sites_may_not_ask(assistant, settings, origin, status):
    settings.ALLOWED_ORIGINS = ["https://chat.example.org"]
    assert assistant.posts(PING, Origin=origin).status_code == status


def test_a_message_of_more_than_64_kib_is_too_large(assistant):
    assert assistant.posts({**PING, "params": {"x": "x" * 65_536}}).status_code == 413


# -- who asks --------------------------------------------------------------------------------------------------------


def test_s64_nobody_gets_in_without_a_token_that_stands(assistant, bob):
    page = Client()
    page.force_login(bob)
    by_cookie = page.post("/mcp", PING, "application/json")
    unknown = assistant.posts(PING, Authorization=f"Bearer {assistant.secret}x")
    end_token(by=bob, token_id=AccessToken.objects.get().pk)
    for answer, error in (
        (by_cookie, ""),
        (unknown, "invalid_token"),
        (assistant.posts(PING), "invalid_token"),
    ):
        assert answer.status_code == 401 and "profile" in answer.json()["detail"]
        told = answer.headers["WWW-Authenticate"]
        assert told.startswith('Bearer realm="PrizmAI"') and error in told


def test_whoever_must_set_up_a_second_factor_does_so_first(assistant, settings):
    settings.REQUIRE_TWO_FACTOR = "all"
    answer = assistant.posts(PING)
    assert (answer.status_code, answer.json()["code"]) == (403, "second_factor_required")


def test_the_use_of_a_token_is_noted(assistant):
    assistant.asks("ping")
    assert AccessToken.objects.get().used_at


def test_while_the_database_is_away_it_says_so(assistant, hangar, monkeypatch):
    def is_away(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr("messaging.api.messages.post_message", is_away)
    assert "right now" in assistant.fails("post_message", conversation_id=hangar.pk, message="x")
    monkeypatch.setattr("accounts.api.bearer._token", is_away)
    answer = assistant.posts(PING)
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


def test_a_fault_of_ours_is_logged_and_tells_nothing(assistant, hangar, monkeypatch, caplog):
    def breaks(*args, **kwargs):
        raise RuntimeError("a secret in an exception")

    monkeypatch.setattr("messaging.api.messages.post_message", breaks)
    call = {"name": "post_message", "arguments": {"conversation_id": hangar.pk, "message": "x"}}
    answer = assistant.posts({**PING, "method": "tools/call", "params": call})
    assert (answer.status_code, answer.json()["code"]) == (500, "broken")
    assert b"secret" not in answer.content and "a secret in an exception" in caplog.text


def test_s91_what_a_tool_is_refused_is_noted(assistant, cockpit, eve, caplog):
    stranger = Assistant(eve)
    stranger.fails("read_messages", conversation_id=cockpit.pk)
    assert f"not_found user={eve.pk}" in caplog.text and 'path="/mcp"' in caplog.text
    assert stranger.secret[6:] not in caplog.text


def test_answers_are_kept_by_nobody(assistant):
    answer = assistant.posts(PING)
    assert "no-store" in answer.headers["Cache-Control"] and not answer.cookies
    assert "Access-Control-Allow-Origin" not in answer.headers and not Message.objects.exists()
