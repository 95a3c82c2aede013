"""Pins: put up by whoever may post, for all to see, and gone with the words."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from messaging.actions import clear_conversation, delete_message, pin
from messaging.actions.saying import pinning
from messaging.line.streams import ConversationSource
from messaging.models import Pin

from ..conftest import now, say


@pytest.fixture
def wing(bob, hangar):
    return say(bob, hangar, "The wing is on")


def frames_since(conversation, since, dialect="v2"):
    source = ConversationSource()
    changes = source.changes(conversation.pk, since, 10)
    return [
        frame
        for change in changes
        for frame in source.say(change, change.revision, dialect, change.revision - 1)
    ]


def test_a_pin_is_told_to_everybody_with_who_put_it_up(ada, hangar, wing):
    pin(conversation_id=hangar.pk, message_id=wing.pk, by=ada)
    (frame,) = frames_since(hangar, wing.revision)
    assert frame["type"] == "message_changed"
    assert frame["pinned"]["user_id"] == ada.pk and frame["pinned"]["display_name"] == "Ada"
    assert frames_since(hangar, wing.revision, "plain") == []
    (news,) = frames_since(hangar, wing.revision, "inbox")
    assert news["what"] == "pinned" and news["excerpt"] == ""


def test_pinning_again_changes_nothing(ada, bob, hangar, wing):
    pin(conversation_id=hangar.pk, message_id=wing.pk, by=ada)
    before = now(hangar).revision
    pin(conversation_id=hangar.pk, message_id=wing.pk, by=bob)
    assert now(hangar).revision == before and Pin.objects.get().pinned_by == ada


def test_anybody_who_may_post_takes_it_down_once(ada, gus, hangar, wing):
    pin(conversation_id=hangar.pk, message_id=wing.pk, by=ada)
    pin(conversation_id=hangar.pk, message_id=wing.pk, by=gus, on=False)
    before = now(hangar).revision
    pin(conversation_id=hangar.pk, message_id=wing.pk, by=gus, on=False)
    assert now(hangar).revision == before and not Pin.objects.exists()


def test_who_looks_on_pins_nothing(vera, eve, hangar, wing):
    for stranger in (vera, eve):
        with pytest.raises(PermissionDenied):
            pin(conversation_id=hangar.pk, message_id=wing.pk, by=stranger)


def test_a_message_of_another_conversation_is_not_pinned_here(ada, cockpit, hangar, wing):
    with pytest.raises(wing.DoesNotExist):
        pin(conversation_id=cockpit.pk, message_id=wing.pk, by=ada)


def test_deletion_and_clearing_take_pins_down(ada, bob, hangar, wing):
    other = say(bob, hangar, "And the tail")
    for message in (wing, other):
        pin(conversation_id=hangar.pk, message_id=message.pk, by=ada)
    delete_message(conversation_id=hangar.pk, message_id=wing.pk, by=bob)
    assert [one.message_id for one in Pin.objects.all()] == [other.pk]
    clear_conversation(conversation_id=hangar.pk, by=ada)
    assert not Pin.objects.exists()


def test_there_is_an_end_to_pins(ada, bob, hangar, wing, monkeypatch):
    monkeypatch.setattr(pinning, "MOST_PINS", 1)
    pin(conversation_id=hangar.pk, message_id=wing.pk, by=ada)
    with pytest.raises(ValidationError):
        pin(conversation_id=hangar.pk, message_id=say(bob, hangar, "One more").pk, by=ada)
