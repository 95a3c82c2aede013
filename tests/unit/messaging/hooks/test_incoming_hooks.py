"""One request posts a message, once, and every refusal says why."""

import json
import logging
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from messaging.actions import (
    archive_room,
    make_incoming_hook,
    remove_bot,
    remove_incoming_hook,
    renew_incoming_hook,
    set_role,
)
from messaging.models import IncomingHook, Message

from ..conftest import now


@pytest.fixture
def made(ada, bot, hangar):
    return make_incoming_hook(by=ada, conversation_id=hangar.pk, bot_id=bot.pk)


@pytest.fixture
def sends(made):
    """Sends a body there as `curl -d` does."""
    _, secret = made

    def send(body, content_type="application/x-www-form-urlencoded", path=f"/hooks/{secret}", **headers):
        said = body if isinstance(body, str | bytes) else json.dumps(body)
        return Client(enforce_csrf_checks=True).post(path, said, content_type=content_type, headers=headers)

    return send


def bodies():
    said = Message.objects.filter(kind="said").order_by("pk")
    return list(said.values_list("body", flat=True))


def test_one_curl_posts(sends, bot, hangar):
    answer = sends('{"text": "Deployed *three*"}')
    assert answer.status_code == 201
    message = Message.objects.get(pk=answer.json()["message_id"])
    assert (message.author, message.conversation, message.seq) == (bot.user, hangar, now(hangar).last_seq)
    assert message.html == "<p>Deployed <em>three</em></p>" and answer.json()["type"] == "ack"


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ({"text": "as JSON", "username": "ignored"}, "application/json", "as JSON"),
        ("just words", "application/x-www-form-urlencoded", "just words"),
        ("just words", "text/plain", "just words"),
        ('{"text": "no"}', "text/plain", '{"text": "no"}'),
        ("payload=%7B%22text%22%3A+%22as+Slack%22%7D", "application/x-www-form-urlencoded", "as Slack"),
        ('{"text": "unsaid"}', "application/octet-stream", "unsaid"),
    ],
)
def test_a_webhook_takes_what_programs_send(sends, body, content_type, text):
    assert sends(body, content_type).status_code == 201
    assert bodies() == [text]


@pytest.mark.parametrize("slash", ["", "/"])
def test_the_secret_may_come_in_a_header(made, sends, slash):
    _, secret = made
    assert sends({"text": "a"}, path="/hooks/", Authorization=f"Bearer {secret}").status_code == 201
    assert sends({"text": "b"}, path=f"/hooks/{secret}{slash}").status_code == 201


def test_a_retry_posts_nothing_new(sends):
    client_id = str(uuid4())
    first, again = (sends({"text": "once", "client_id": client_id}) for _ in range(2))
    by_key, again_by_key = (sends("twice", **{"Idempotency-Key": "build 7"}) for _ in range(2))
    assert first.json() == again.json() and by_key.json() == again_by_key.json()
    assert bodies() == ["once", "twice"]
    assert sends("other", **{"Idempotency-Key": "build 8"}).json() != by_key.json()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("{", "not JSON"),
        ("payload=", "not JSON"),
        ({"words": "x"}, "no text"),
        ({"text": 3}, "no text"),
        ({"text": "  "}, "write something"),
        ({"text": "x" * 8001}, "at most 8000"),
        ({"text": "x", "client_id": "x"}, "UUID"),
        (b"\xff", "UTF-8"),
        ("[" * 100_000, "at most 64 KiB"),
    ],
)
def test_what_is_wrong_is_said(sends, body, words):
    answer = sends(body)
    assert answer.status_code in (400, 413) and words in answer.json()["detail"]
    assert bodies() == []


def test_too_much_is_refused(sends):
    assert sends("x" * (64 * 1024 + 1)).status_code == 413


def test_a_wrong_secret_and_a_removed_one_get_the_same_answer(sends, made, ada):
    wrong = sends("x", path="/hooks/wrong")
    remove_incoming_hook(by=ada, hook_id=made[0].pk)
    gone = sends("x")
    assert (gone.status_code, gone.content) == (wrong.status_code, wrong.content) == (404, gone.content)
    assert sends("x", path="/hooks/").status_code == 404


def test_with_a_new_secret_the_old_one_is_nothing(sends, made, ada):
    _, secret = renew_incoming_hook(by=ada, hook_id=made[0].pk)
    assert sends("x").status_code == 404
    assert sends("x", path=f"/hooks/{secret}").status_code == 201


def test_an_archived_room_and_a_removed_bot_are_said(sends, ada, bot, hangar):
    archive_room(by=ada, conversation_id=hangar.pk)
    archived = sends("x")
    remove_bot(by=ada, bot_id=bot.pk)
    removed = sends("x")
    assert archived.status_code == 409 and "archived" in archived.json()["detail"]
    assert removed.status_code == 410 and "removed" in removed.json()["detail"]


def test_a_flood_is_told_when_to_come_again(sends, settings):
    settings.LIVE = {**settings.LIVE, "posts_per_second": 0.1, "posts_burst": 2}
    answers = [sends(f"{n}") for n in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert 1 <= int(answers[2]["Retry-After"]) <= 10 and answers[2].json()["temporary"]


def test_nothing_but_a_post_is_answered(made):
    answer = Client().get(f"/hooks/{made[1]}")
    assert answer.status_code == 405 and bodies() == []


def test_the_secret_is_in_no_log_and_no_row(sends, made, ada, caplog):
    _, secret = made
    caplog.set_level(logging.DEBUG)
    remove_incoming_hook(by=ada, hook_id=made[0].pk)
    sends("x")
    Client().get(f"/hooks/{secret}")
    assert "/^hooks/" in caplog.text and secret not in caplog.text
    assert secret not in str(IncomingHook.objects.values())


def test_who_runs_the_room_makes_hooks(made, ada, bob, gus, eve, bot, hangar):
    hook, _ = made
    for one in (bob, gus, eve):
        for act in (
            lambda who: make_incoming_hook(by=who, conversation_id=hangar.pk, bot_id=bot.pk),
            lambda who: renew_incoming_hook(by=who, hook_id=hook.pk),
            lambda who: remove_incoming_hook(by=who, hook_id=hook.pk),
        ):
            with pytest.raises(PermissionDenied):
                act(one)
    set_role(by=ada, conversation_id=hangar.pk, user_id=bob.pk, role="moderator")
    assert make_incoming_hook(by=bob, conversation_id=hangar.pk, bot_id=bot.pk)[1]


def test_the_use_of_a_webhook_is_noted(sends, made):
    sends("x")
    assert IncomingHook.objects.get().used_at
