"""What a message said before: kept by every edit, gone with the message."""

import pytest

from messaging.actions import clear_conversation, delete_message, edit_message
from messaging.models import Version

from ..conftest import say


@pytest.fixture
def wing(bob, hangar):
    return say(bob, hangar, "The wing is on")


def edit(message, by, body):
    edit_message(conversation_id=message.conversation_id, message_id=message.pk, by=by, body=body)


def test_every_edit_keeps_the_former_words(bob, wing):
    edit(wing, bob, "The *wing* is off")
    edit(wing, bob, "No wing")
    first, second = Version.objects.all()
    assert (first.body, first.html) == ("The wing is on", None)
    assert second.body == "The *wing* is off" and "<em>" in second.html
    assert first.written_at == wing.created_at and second.written_at <= second.replaced_at


def test_the_same_words_are_no_edit(bob, wing):
    edit(wing, bob, "The wing is on ")
    assert not Version.objects.exists()


def test_deletion_takes_the_history_too(bob, hangar, wing):
    edit(wing, bob, "Secret")
    edit(wing, bob, "Nothing")
    delete_message(conversation_id=hangar.pk, message_id=wing.pk, by=bob)
    assert not Version.objects.exists()


def test_clearing_takes_the_history_too(ada, bob, hangar, wing):
    edit(wing, bob, "Secret")
    clear_conversation(conversation_id=hangar.pk, by=ada)
    assert not Version.objects.exists()


def test_who_goes_takes_along_what_they_had_written_before(bob, wing):
    edit(wing, bob, "Better words")
    bob.delete()
    wing.refresh_from_db()
    assert wing.body == "Better words" and not Version.objects.exists()
