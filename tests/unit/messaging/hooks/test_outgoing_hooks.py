"""What happens is told to others once it is committed, in order, signed, until it is taken or given up."""

import hashlib
import hmac
import json
import time
from datetime import timedelta
from http.client import NotConnected
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from boards.actions import create_task, move_task
from messaging import outside
from messaging.actions import (
    clear_conversation,
    delete_message,
    deliver_due,
    edit_message,
    make_board_hook,
    make_room_hook,
    remove_outgoing_hook,
    renew_outgoing_secret,
    send_again,
    set_privacy,
    switch_outgoing_hook,
)
from messaging.actions.hooks import delivering
from messaging.hooks import sending
from messaging.hooks.telling import told_by
from messaging.models import Delivery, Message, Notification, OutgoingHook
from messaging.outside import connection_to
from messaging.queries import notices

from ..conftest import say
from ..hook_server import IN_ITS_BODY, IN_ITS_HEAD

MESSAGES = ["chat_message", "message_edited", "message_deleted"]
ALL = [*MESSAGES, "card_created", "card_moved"]


@pytest.fixture
def hook(ada, bot, hangar, server):
    asked = {"conversation_id": hangar.pk, "bot_id": bot.pk, "url": server.url, "events": MESSAGES}
    return make_room_hook(by=ada, **asked)


@pytest.fixture
def board_hook(ada, bot, board, server):
    return make_board_hook(by=ada, board_id=board.pk, bot_id=bot.pk, url=server.url, events=ALL)


def due_now():
    Delivery.objects.waiting().update(due_at=timezone.now())


def states():
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


# -- what is heard ----------------------------------------------------------------------------------------------------


def test_new_edited_and_deleted_messages_are_told_in_order(hook, server, bob, hangar):
    message = say(bob, hangar, "Is *it* out?")
    edit_message(conversation_id=hangar.pk, message_id=message.pk, by=bob, body="Is it out?")
    assert deliver_due() == 2
    delete_message(conversation_id=hangar.pk, message_id=message.pk, by=bob)
    deliver_due()
    new, edited, deleted = server.told()
    assert [one["type"] for one in (new, edited, deleted)] == MESSAGES
    assert (new["message_id"], new["username"], new["conversation"]) == (message.pk, "bob", hangar.pk)
    assert (edited["message"], edited["room"]) == ("Is it out?", "General") and edited["edited_at"]
    assert (deleted["deleted_by"], deleted["board"]) == ("Bob", hangar.board_id)


def test_a_delivery_tells_a_message_as_it_stands_and_no_words_that_were_deleted(hook, server, bob, hangar):
    message = say(bob, hangar, "my password")
    delete_message(conversation_id=hangar.pk, message_id=message.pk, by=bob)
    deliver_due()
    assert [one["type"] for one in server.told()] == ["chat_message", "message_deleted"]
    assert all(b"password" not in body for _, body in server.heard)


def test_a_cleared_room_is_told(hook, server, ada, bob, hangar):
    say(bob, hangar, "Hello")
    clear_conversation(conversation_id=hangar.pk, by=ada)
    deliver_due()
    assert server.told()[-1]["type"] == "messages_cleared"


def test_a_room_that_is_cleared_twice_is_told_by_the_later_line(hook, board_hook, server, ada, bob, hangar):
    clear_conversation(conversation_id=hangar.pk, by=ada)
    clear_conversation(conversation_id=hangar.pk, by=ada)
    say(bob, hangar, "Hello")
    deliver_due()
    assert [one["type"] for one in server.told()] == ["messages_cleared"] * 2 + ["chat_message"] * 2
    assert set(states()) == {"delivered"}


def test_a_line_that_was_cleared_is_not_told_again(hook, server, ada, hangar):
    clear_conversation(conversation_id=hangar.pk, by=ada)
    deliver_due()
    clear_conversation(conversation_id=hangar.pk, by=ada)
    send_again(by=ada, delivery_id=Delivery.objects.earliest("pk").pk)
    deliver_due()
    assert len(server.heard) == 2 and states() == ["delivered", "delivered"]


def test_what_cannot_be_told_fails_alone(hook, board_hook, server, bob, hangar, monkeypatch, caplog):
    def breaks(delivery):
        return told_by(delivery) if delivery.hook_id == board_hook.pk else {}["count"]

    monkeypatch.setattr(delivering, "told_by", breaks)
    say(bob, hangar, "Hello")
    deliver_due()
    broken = Delivery.objects.get(hook=hook)
    assert (broken.state, broken.error) == ("waiting", "This could not be told.")
    assert broken.due_at < timezone.now() + timedelta(seconds=20) and "could not be told" in caplog.text
    assert Delivery.objects.get(hook=board_hook).state == "delivered" and len(server.heard) == 1


def test_what_is_not_committed_is_not_told(hook, bob, hangar):
    with transaction.atomic():
        say(bob, hangar, "Hello")
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()
    say(bob, hangar, "Hello")
    assert Delivery.objects.count() == 1


def test_a_bot_starts_no_hook(hook, bot, bob, hangar):
    message = say(bot.user, hangar, "Deployed")
    delete_message(conversation_id=hangar.pk, message_id=message.pk, by=hook.made_by)
    assert not Delivery.objects.exists()


def test_a_room_hook_hears_its_room_alone(hook, board_hook, bob, gus, cockpit, hangar, direct, engine):
    for who, where in ((gus, cockpit), (bob, direct), (bob, engine)):
        say(who, where, "Hello")
    told = Delivery.objects.exclude(message=None)
    assert not told.exists()
    say(bob, hangar, "Hello")
    assert {one.hook for one in told} == {hook, board_hook}


def test_a_board_hook_hears_no_more_of_a_room_that_is_private(board_hook, server, ada, bob, hangar):
    say(bob, hangar, "Hello")
    set_privacy(by=ada, conversation_id=hangar.pk, is_private=True)
    say(bob, hangar, "Among us")
    assert Delivery.objects.count() == 1
    deliver_due()
    assert server.heard == [] and not Delivery.objects.exists()


def test_cards_are_told(board_hook, server, ada, board):
    first, *_, last = board.columns.all()
    task = create_task(by=ada, column_id=first.pk, title="Tail")
    move_task(by=ada, task_id=task.pk, column_id=last.pk)
    deliver_due()
    made, moved = server.told()
    assert (made["type"], made["task_id"], moved["type"]) == ("card_created", task.pk, "card_moved")
    assert (moved["column_id"], moved["board"]) == (last.pk, board.pk)


def test_a_word_is_a_command(ada, bot, bob, hangar, server):
    asked = {"conversation_id": hangar.pk, "bot_id": bot.pk, "url": server.url, "events": MESSAGES}
    hook = make_room_hook(by=ada, word="/deploy", **asked)
    message = None
    for text in ("Please deploy", "/deployed", "/Deploy staging now", "/deploy"):
        message = say(bob, hangar, text)
    edit_message(conversation_id=hangar.pk, message_id=message.pk, by=bob, body="/deploy never")
    deliver_due()
    assert hook.events == ["chat_message"]
    assert [(one["command"], one["text"]) for one in server.told()] == [
        ("/deploy", "staging now"),
        ("/deploy", "never"),
    ]


# -- how it is sent ---------------------------------------------------------------------------------------------------


def test_a_delivery_is_signed_with_its_id_and_the_time(hook, server, bob, hangar):
    say(bob, hangar, "Hello")
    deliver_due()
    ((headers, body),) = server.heard
    at, signed = (part.partition("=")[2] for part in headers["X-PrizmAI-Signature"].split(","))
    key = headers["X-PrizmAI-Delivery"]
    expected = hmac.new(hook.secret.encode(), f"{key}.{at}.".encode() + body, hashlib.sha256).hexdigest()
    assert signed == expected and abs(time.time() - int(at)) < 60
    assert key == str(Delivery.objects.get().key) and headers["X-PrizmAI-Event"] == "chat_message"


def test_an_answer_is_the_bots_reply_and_starts_nothing(hook, server, bot, bob, hangar):
    server.answer = json.dumps({"text": "On *it*"}).encode()
    message = say(bob, hangar, "/deploy")
    deliver_due()
    reply = Message.objects.latest("pk")
    assert (reply.author, reply.body, reply.reply_to) == (bot.user, "On *it*", message)
    assert states() == ["delivered"]


@pytest.mark.parametrize("answer", [b"ok", b"[]", b'{"text": 3}', b'{"text": ""}', b"\xff", b"x" * 70_000])
def test_other_answers_are_but_taken(hook, server, bob, hangar, answer):
    server.answer = answer
    say(bob, hangar, "Hello")
    deliver_due()
    assert states() == ["delivered"] and Message.objects.filter(author__is_bot=True).count() == 0


def test_an_answer_that_cannot_be_posted_is_noted(hook, server, bob, hangar):
    server.answer = json.dumps({"text": "x" * 9000}).encode()
    say(bob, hangar, "Hello")
    deliver_due()
    assert "at most 8000" in Delivery.objects.get().error and states() == ["delivered"]


def test_what_is_sent_twice_is_answered_once(hook, server, bob, hangar):
    """The process died before it had noted that it was taken."""
    server.answer = b'{"text": "On it"}'
    say(bob, hangar, "Hello")
    deliver_due()
    Delivery.objects.update(state="waiting", due_at=timezone.now())
    deliver_due()
    assert len(server.heard) == 2 and Message.objects.filter(body="On it").count() == 1


@pytest.mark.parametrize("status", [302, 400, 404, 429, 500])
def test_a_delivery_is_tried_again_and_nothing_overtakes_it(hook, server, bob, hangar, status):
    server.status, server.location = status, server.url
    first, second = say(bob, hangar, "one"), say(bob, hangar, "two")
    assert deliver_due() == 1 and len(server.heard) == 1
    head = Delivery.objects.get(message=first)
    assert (head.state, head.status, head.attempts) == ("waiting", status, 1) and str(status) in head.error
    assert head.took is not None and head.due_at > timezone.now()
    server.status = 204
    assert deliver_due() == 0
    due_now()
    deliver_due()
    assert [one["message_id"] for one in server.told()] == [first.pk, first.pk, second.pk]
    keys = [headers["X-PrizmAI-Delivery"] for headers, _ in server.heard]
    assert keys[0] == keys[1] != keys[2] and OutgoingHook.objects.get().failing_since is None


def test_a_webhook_is_named_by_its_host_alone():
    for url in ("https://ci.example.org:8443?key=secret", "https://ci.example.org:8443/secret"):
        assert str(OutgoingHook(url=url)) == "ci.example.org:8443"


def test_pauses_between_tries_double_up_to_an_hour(hook, server, bob, hangar):
    server.status = 500
    say(bob, hangar, "Hello")
    pauses = []
    for _ in range(12):
        due_now()
        deliver_due()
        pauses.append(round((Delivery.objects.get().due_at - timezone.now()).total_seconds(), -1))
    assert pauses == [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600, 3600]


def test_after_a_day_it_is_given_up_and_whoever_made_it_is_told(hook, server, ada, bob, hangar):
    server.status = 500
    say(bob, hangar, "one")
    say(bob, hangar, "two")
    deliver_due()
    OutgoingHook.objects.update(failing_since=timezone.now() - timedelta(hours=23))
    due_now()
    deliver_due()
    assert states() == ["waiting", "waiting"] and not Notification.objects.exists()
    OutgoingHook.objects.update(failing_since=timezone.now() - timedelta(hours=24))
    due_now()
    deliver_due()
    assert states() == ["given_up", "given_up"] and not OutgoingHook.objects.get().is_on
    (told,) = notices.told(notices.of(ada.pk))
    assert notices.sentence(told) == f"The webhook to {server.place} was switched off"
    assert told["url"].startswith(hook.page) and notices.unread_count(ada.pk) == 1
    say(bob, hangar, "three")
    assert len(states()) == 2


def test_what_is_no_answer_is_quoted_as_a_database_can_hold_it(hook, server, bob, hangar):
    server.garbles = b"HTTP/1.1 \0\x1b[2J\r\n\r\n"
    say(bob, hangar, "Hello")
    deliver_due()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.error) == ("waiting", "No answer: HTTP/1.1 [2J")


@pytest.mark.parametrize("status", [204, 500])
def test_what_is_switched_off_meanwhile_stays_given_up(hook, ada, bob, hangar, server, monkeypatch, status):
    def answers(sending):
        switch_outgoing_hook(by=ada, hook_id=hook.pk, on=False)
        return outcome(sending)

    outcome, server.status = sending.Sending.outcome, status
    monkeypatch.setattr(sending.Sending, "outcome", answers)
    say(bob, hangar, "Hello")
    assert deliver_due() == 1 and len(server.heard) == 1
    assert states() == ["given_up"] and OutgoingHook.objects.get().failing_since is None


def test_of_two_sweepers_one_has_the_hook(hook, bob, hangar):
    say(bob, hangar, "one")
    say(bob, hangar, "two")
    (first,), (second,) = delivering._heads(), delivering._heads()
    assert delivering._claim(first) and not delivering._claim(second)
    assert delivering._heads() == []


def test_many_hooks_are_told_at_the_same_time(ada, bot, board, bob, hangar, server):
    """Three, of a server that answers none before it has heard all."""
    server.answers_together(3)
    for _ in range(3):
        make_board_hook(by=ada, board_id=board.pk, bot_id=bot.pk, url=server.url, events=ALL)
    say(bob, hangar, "Hello")
    assert deliver_due() == 3
    assert states() == ["delivered"] * 3


@pytest.mark.parametrize("drips", [IN_ITS_HEAD, IN_ITS_BODY])
def test_a_server_that_drips_is_hung_up_on(drips, hook, server, bob, hangar, monkeypatch):
    monkeypatch.setattr(sending, "TIME", 0.3)
    server.drips = drips
    say(bob, hangar, "Hello")
    deliver_due()
    assert "within" in Delivery.objects.get().error
    assert server.is_closing.wait(2), "its thread goes on"


def test_a_connection_that_was_closed_is_not_opened_again(server):
    connection = connection_to(urlsplit(server.url), 1, may_go=lambda address: True)
    connection.request("POST", "/hook", b"{}")
    assert connection.getresponse().status == 200
    connection.close()
    with pytest.raises(NotConnected):
        connection.request("POST", "/hook", b"{}")
    assert len(server.heard) == 1


# -- where it goes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ci.example.org",
        "http://ci.example.org/x",
        "ftp://ci.example.org",
        "file:///etc/passwd",
        "gopher://ci.example.org",
        "https://",
        "https://user:pass@ci.example.org",
        "https://ci.example.org/#x",
        "https://ci.example.org:99999/",
        "https://[::1/",
        "https://exämple.org/",
        "https://ci.example.org/" + "x" * 500,
    ],
)
def test_an_address_that_is_none_is_refused(ada, bot, hangar, url):
    with pytest.raises(ValidationError):
        make_room_hook(by=ada, conversation_id=hangar.pk, bot_id=bot.pk, url=url, events=MESSAGES)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1", "0.0.0.0", "fd00::1"]
)
def test_s09_nothing_inside_is_sent_to(ada, bot, bob, hangar, address, monkeypatch):
    asked = {"conversation_id": hangar.pk, "bot_id": bot.pk, "events": MESSAGES}
    make_room_hook(by=ada, url="https://rebound.example.org/x", **asked)
    found = [(2, 1, 6, "", (address, 443))]
    monkeypatch.setattr(outside.socket, "getaddrinfo", lambda *args, **how: found)
    monkeypatch.setattr(outside.socket, "create_connection", lambda *args: pytest.fail("connects"))
    say(bob, hangar, "Hello")
    deliver_due()
    assert "not on the public network" in Delivery.objects.get().error


def test_s09_a_named_host_is_one_place_and_not_its_other_ports(hook, server, settings, bob, hangar):
    settings.WEBHOOK_HOSTS = ["127.0.0.1:1"]
    say(bob, hangar, "Hello")
    deliver_due()
    assert server.heard == [] and "https" in Delivery.objects.get().error


# -- who may ----------------------------------------------------------------------------------------------------------


def test_sent_again_it_comes_once_more(hook, server, ada, bob, hangar):
    say(bob, hangar, "Hello")
    deliver_due()
    send_again(by=ada, delivery_id=Delivery.objects.get().pk)
    deliver_due()
    assert states() == ["delivered", "delivered"]
    assert server.told()[0] == server.told()[1]
    with pytest.raises(PermissionDenied):
        send_again(by=bob, delivery_id=Delivery.objects.first().pk)


def test_what_waits_is_sent_at_once_when_asked(hook, server, settings, ada, bob, hangar):
    settings.WEBHOOK_HOSTS = []
    say(bob, hangar, "Hello")
    deliver_due()
    settings.WEBHOOK_HOSTS = [server.place]
    assert deliver_due() == 0
    send_again(by=ada, delivery_id=Delivery.objects.get().pk)
    deliver_due()
    assert states() == ["delivered"]


def test_switched_off_it_hears_nothing(hook, ada, bob, hangar):
    say(bob, hangar, "one")
    switch_outgoing_hook(by=ada, hook_id=hook.pk, on=False)
    say(bob, hangar, "two")
    assert states() == ["given_up"]
    with pytest.raises(ValidationError):
        send_again(by=ada, delivery_id=Delivery.objects.get().pk)
    switch_outgoing_hook(by=ada, hook_id=hook.pk, on=True)
    say(bob, hangar, "three")
    assert states() == ["given_up", "waiting"]


def test_who_runs_the_place_has_its_hooks(hook, board_hook, ada, bob, gus, eve, bot, board, hangar, server):
    about = {"bot_id": bot.pk, "url": server.url, "events": MESSAGES}
    for one in (bob, gus, eve):
        for act in (
            lambda who: make_room_hook(by=who, conversation_id=hangar.pk, **about),
            lambda who: make_board_hook(by=who, board_id=board.pk, **about),
            lambda who: switch_outgoing_hook(by=who, hook_id=hook.pk, on=False),
            lambda who: renew_outgoing_secret(by=who, hook_id=board_hook.pk),
            lambda who: remove_outgoing_hook(by=who, hook_id=hook.pk),
        ):
            with pytest.raises(PermissionDenied):
                act(one)
    before = hook.secret
    assert renew_outgoing_secret(by=ada, hook_id=hook.pk).secret != before
    remove_outgoing_hook(by=ada, hook_id=hook.pk)
    assert list(OutgoingHook.objects.all()) == [board_hook]
