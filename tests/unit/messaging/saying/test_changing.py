"""Changing what was said by a request, as a browser does from another page."""

import pytest

from messaging.models import Message

from ..conftest import now, say

NAME = "0b5b4f0c-8c5c-4a43-a3c7-0f9f2f3c8e11"


@pytest.fixture
def asks(client, hangar):
    def asked(by, **frame):
        client.force_login(by)
        url = f"/messaging/conversation/{hangar.pk}/changes/"
        return client.post(
            url, frame, content_type="application/json", headers={"accept": "application/json"}
        )

    return asked


@pytest.mark.parametrize(
    ("change", "is_so"),
    [
        ({"type": "edit_message", "message": "Better"}, lambda message: message.body == "Better"),
        ({"type": "delete_message"}, lambda message: message.deleted_at is not None),
        ({"type": "react", "emoji": "👍", "on": True}, lambda message: message.reactions.count() == 1),
        ({"type": "pin", "on": True}, lambda message: hasattr(message, "pin")),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else "",
)
def test_a_change_is_made_once_and_acknowledged_each_time(asks, bob, hangar, change, is_so):
    said = say(bob, hangar, "Good")
    assert not is_so(Message.objects.get(pk=said.pk))
    answers = [asks(bob, **change, message_id=said.pk, client_id=NAME) for _ in range(2)]
    assert is_so(Message.objects.get(pk=said.pk)) and now(hangar).revision == said.revision + 1
    ack = {"type": "ack", "client_id": NAME, "message_id": said.pk, "revision": said.revision + 1}
    assert [(answer.status_code, answer.json()) for answer in answers] == [(200, ack)] * 2


def test_whoever_may_not_is_told_so(asks, bob, eve, hangar):
    said = say(bob, hangar, "Good")
    assert asks(eve, type="delete_message", message_id=said.pk).status_code == 403
    assert Message.objects.get(pk=said.pk).body == "Good"


def test_who_words_anew_what_was_deleted_is_told_that_it_was(asks, bob, hangar):
    said = say(bob, hangar, "Good")
    asks(bob, type="delete_message", message_id=said.pk)
    answer = asks(bob, type="edit_message", message_id=said.pk, message="Better", client_id=NAME)
    assert (answer.status_code, answer.json()["detail"]) == (403, "This message was deleted.")
    assert Message.objects.get(pk=said.pk).body == ""


@pytest.mark.parametrize(
    "frame",
    [
        {"type": "edit_message"},
        {"type": "react", "emoji": "👍", "on": "yes"},
        {"type": "typing"},
        {"type": "delete_message", "client_id": "no uuid"},
        {"type": "delete_message", "message_id": "x"},
        {"type": []},
    ],
    ids=str,
)
def test_what_is_no_change_is_refused(asks, bob, hangar, frame):
    said = say(bob, hangar, "Good")
    assert asks(bob, **{"message_id": said.pk, **frame}).status_code == 400
    assert Message.objects.get(pk=said.pk).deleted_at is None
