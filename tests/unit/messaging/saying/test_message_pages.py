"""The pages about one message, without JavaScript: its history, passing it on, and what is pinned."""

from messaging.actions import edit_message, pin
from messaging.models import Message
from messaging.text.differences import differences

from ..conftest import say


def test_differences_read_both_ways():
    steps = differences("The left wing is on", "The right wing is off, I think")
    assert "".join(text for kind, text in steps if kind != "removed") == "The right wing is off, I think"
    assert "".join(text for kind, text in steps if kind != "added") == "The left wing is on"
    assert ("removed", "left") in steps and ("added", "right") in steps and ("same", " wing is ") in steps


def test_what_is_too_long_to_compare_counts_as_replaced():
    before, after = "a " * 2_000, "b " * 2_000
    steps = differences(before, after)
    assert "".join(text for kind, text in steps if kind != "added") == before


def test_history_shows_what_came_and_went(client, bob, gus, eve, hangar):
    wing = say(bob, hangar, "The wing is <on>")
    edit_message(conversation_id=hangar.pk, message_id=wing.pk, by=bob, body="The tail is <on>")
    client.force_login(gus)
    page = client.get(f"/messaging/message/{wing.pk}/versions/").content.decode()
    assert "<del>wing</del>" in page and "<ins>tail</ins>" in page and "&lt;on&gt;" in page
    client.force_login(eve)
    assert client.get(f"/messaging/message/{wing.pk}/versions/").status_code == 404


def test_pins_are_listed_and_taken_down(client, ada, bob, hangar):
    wing = say(bob, hangar, "The wing is on")
    pin(conversation_id=hangar.pk, message_id=wing.pk, by=ada)
    client.force_login(bob)
    address = f"/messaging/conversation/{hangar.pk}/pins/"
    assert b"The wing is on" in client.get(address).content
    client.post(address, {"message_id": wing.pk, "on": "0"})
    assert b"The wing is on" not in client.get(address).content


def test_a_form_passes_on(client, ada, bob, hangar, direct):
    wing = say(bob, hangar, "The wing is on")
    client.force_login(bob)
    address = f"/messaging/message/{wing.pk}/forward/"
    assert "General" in client.get(address).content.decode()
    client.post(address, {"conversations": [direct.pk], "comment": "See"})
    assert list(Message.objects.filter(conversation=direct).values_list("body", flat=True)) == [
        "See",
        "The wing is on",
    ]
