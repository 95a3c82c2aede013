"""Passing on: what one may read, to where one may post, as a message of its own."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage

from messaging.actions import delete_message, edit_message, forward_message, keep_upload
from messaging.models import Attachment, Message, Notification
from messaging.queries.snapshots import snapshot_of

from ..conftest import say


@pytest.fixture(autouse=True)
def files_of_this_test(settings, tmp_path):
    storage = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path},
    }
    settings.STORAGES = {**settings.STORAGES, "default": storage}


@pytest.fixture
def secret(ada, cockpit):
    file = keep_upload(conversation_id=cockpit.pk, by=ada, name="plan.txt", chunks=[b"plan"])
    return say(ada, cockpit, "The *plan*, @gus and @room", attachments=[file.pk])


def copies(conversation):
    return Message.objects.filter(conversation=conversation, kind=Message.Kind.SAID)


def test_the_copy_has_the_words_and_says_whose_they_are(ada, cockpit, direct, secret):
    copy = forward_message(by=ada, message_id=secret.pk, conversation_id=direct.pk)
    said = snapshot_of(copy)
    assert said["message"] == secret.body and "<em>plan</em>" in said["html"]
    assert said["forwarded"] == {
        "message_id": secret.pk,
        "display_name": "Ada",
        "timestamp": said["forwarded"]["timestamp"],
        "url": f"{cockpit.url}?around={secret.seq}#message-{secret.pk}",
    }


def test_a_comment_comes_right_before_it_and_all_of_it_once(ada, direct, secret):
    name = uuid.uuid4()
    for _ in range(2):
        forward_message(
            by=ada, message_id=secret.pk, conversation_id=direct.pk, comment="Look", client_id=name
        )
    comment, copy = copies(direct).order_by("seq")
    assert (comment.body, copy.body, copy.seq) == ("Look", secret.body, comment.seq + 1)
    assert Attachment.objects.filter(conversation=direct).count() == 1


def test_what_has_lost_its_file_is_not_passed_on(ada, direct, secret):
    default_storage.delete(secret.attachments.get().path)
    with pytest.raises(ValidationError):
        forward_message(by=ada, message_id=secret.pk, conversation_id=direct.pk, comment="Look")
    assert not copies(direct).exists()


def test_files_are_the_readers_of_the_copy_and_open_no_other_door(client, ada, bob, gus, direct, secret):
    copy = forward_message(by=ada, message_id=secret.pk, conversation_id=direct.pk)
    (original,), (copied,) = secret.attachments.all(), copy.attachments.all()
    client.force_login(bob)
    assert b"".join(client.get(copied.url).streaming_content) == b"plan"
    assert client.get(original.url).status_code == 404
    client.force_login(gus)
    assert client.get(copied.url).status_code == 404


def test_the_copy_outlives_its_source(client, ada, bob, cockpit, direct, secret):
    copy = forward_message(by=ada, message_id=secret.pk, conversation_id=direct.pk)
    before = snapshot_of(copy)
    delete_message(conversation_id=cockpit.pk, message_id=secret.pk, by=ada)
    assert snapshot_of(copy) == before
    client.force_login(bob)
    assert client.get(copy.attachments.get().url).status_code == 200


def test_what_one_cannot_read_cannot_be_passed_on(bob, direct, secret):
    with pytest.raises(Message.DoesNotExist):
        forward_message(by=bob, message_id=secret.pk, conversation_id=direct.pk)


def test_nothing_is_forwarded_to_where_one_may_not_post(ada, gus, vera, hangar, direct, secret):
    with pytest.raises(PermissionDenied):
        forward_message(by=gus, message_id=secret.pk, conversation_id=direct.pk)
    words = say(ada, hangar, "Hello")
    with pytest.raises(PermissionDenied):
        forward_message(by=vera, message_id=words.pk, conversation_id=hangar.pk)
    assert not Attachment.objects.filter(conversation=direct).exists()


def test_what_was_taken_back_cannot_be_passed_on(ada, cockpit, direct, secret):
    delete_message(conversation_id=cockpit.pk, message_id=secret.pk, by=ada)
    with pytest.raises(Message.DoesNotExist):
        forward_message(by=ada, message_id=secret.pk, conversation_id=direct.pk)


def test_nobody_puts_words_in_anothers_mouth(ada, direct, secret):
    copy = forward_message(by=ada, message_id=secret.pk, conversation_id=direct.pk)
    with pytest.raises(PermissionDenied):
        edit_message(conversation_id=direct.pk, message_id=copy.pk, by=ada, body="Something else")


def test_what_is_passed_on_again_is_still_its_first_authors(ada, bob, hangar, direct, secret):
    copy = forward_message(by=ada, message_id=secret.pk, conversation_id=direct.pk)
    again = forward_message(by=bob, message_id=copy.pk, conversation_id=hangar.pk)
    assert again.forwarded_from == secret


def test_names_in_it_are_not_called_again(ada, gus, hangar, secret):
    mentions = Notification.objects.filter(user=gus)
    before = mentions.count()
    forward_message(by=ada, message_id=secret.pk, conversation_id=hangar.pk)
    assert mentions.count() == before and before > 0
