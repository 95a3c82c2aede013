"""Files go in and come out through the policy, and run nowhere."""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from messaging.actions import (
    attaching,
    clear_conversation,
    delete_message,
    keep_upload,
    purge_uploads,
    remove_member,
)
from messaging.models import Attachment

from .conftest import say


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }


def picture(kind="PNG"):
    file = io.BytesIO()
    Image.new("RGB", (4, 4)).save(file, kind)
    return file.getvalue()


def keeps(who, where, content=b"words", name="notes.txt"):
    return keep_upload(conversation_id=where.pk, by=who, name=name, chunks=[content])


def fetch(client, who, upload):
    client.force_login(who)
    return client.get(upload.url)


def test_an_upload_is_posted_once(ada, bob, hangar):
    upload = keeps(ada, hangar)
    message = say(ada, hangar, "", attachments=[upload.pk])
    assert message.kind == "file"
    assert message.attachments.get().name == "notes.txt"
    with pytest.raises(ValidationError):
        say(ada, hangar, "again", attachments=[upload.pk])


def test_one_posts_ones_own_uploads_of_this_conversation(ada, bob, hangar, cockpit):
    with pytest.raises(ValidationError):
        say(bob, hangar, "mine", attachments=[keeps(ada, hangar).pk])
    with pytest.raises(ValidationError):
        say(ada, hangar, "here", attachments=[keeps(ada, cockpit).pk])


def test_only_who_may_post_uploads(vera, eve, hangar):
    for who in (vera, eve):
        with pytest.raises(PermissionDenied):
            keeps(who, hangar)


def test_large_and_empty_files_are_refused_as_they_come(ada, hangar):
    taken = []

    def endless():
        while True:
            taken.append(1)
            yield b"x" * 1024 * 1024

    with pytest.raises(ValidationError):
        keep_upload(conversation_id=hangar.pk, by=ada, name="big", chunks=endless())
    assert len(taken) == 11
    with pytest.raises(ValidationError):
        keeps(ada, hangar, b"")


def test_uploads_that_wait_are_limited(ada, hangar, monkeypatch):
    monkeypatch.setattr(attaching, "MOST_WAITING", 1)
    keeps(ada, hangar)
    with pytest.raises(ValidationError):
        keeps(ada, hangar)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_pictures_are_shown_in_place(client, ada, hangar, kind):
    upload = keeps(ada, hangar, picture(kind), "wing.anything")
    answer = fetch(client, ada, upload)
    assert answer["Content-Type"] == f"image/{kind.lower()}"
    assert answer["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.html", b"<script>alert(1)</script>"),
        ("x.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("x.svg", b"<svg onload='alert(1)'/>"),
        ("x.gif", b"GIF89a/*<script>*/=1"),
        ("x.pdf", b"%PDF-1.7 /JS"),
        ("x.tiff", b"II*\0"),
    ],
)
def test_everything_else_is_only_downloaded(client, ada, hangar, name, content):
    answer = fetch(client, ada, keeps(ada, hangar, content, name))
    is_inline = answer["Content-Disposition"].startswith("inline")
    assert not is_inline or answer["Content-Type"].startswith("image/gif")
    assert answer["Content-Type"] in ("application/octet-stream", "image/gif")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_huge_picture_is_no_picture(ada, hangar, monkeypatch):
    monkeypatch.setattr("messaging.pictures.MOST_PIXELS", 10)
    assert keeps(ada, hangar, picture()).content_type == "application/octet-stream"


@pytest.mark.parametrize(
    "name",
    ["../../x", "a\r\nSet-Cookie: b", "a\0b", "x" * 300, "con.txt", "\"';}", "..\\y", "", "\u202egnp.exe"],
)
def test_odd_names_are_only_names(client, ada, hangar, name):
    upload = keeps(ada, hangar, name=name)
    assert len(upload.key) >= 32 and upload.key.isascii()
    assert len(upload.name) <= 200
    assert not set(upload.name) & set("\r\n\0\u202e/\\")
    assert fetch(client, ada, upload).status_code == 200


def test_a_file_is_reached_by_those_who_may_read_it(client, ada, bob, gus, eve, cockpit):
    upload = keeps(ada, cockpit)
    assert fetch(client, ada, upload).status_code == 200
    assert fetch(client, gus, upload).status_code == 404  # not posted yet
    say(ada, cockpit, "here", attachments=[upload.pk])
    assert fetch(client, gus, upload).status_code == 200
    assert fetch(client, bob, upload).status_code == 404
    assert fetch(client, eve, upload).status_code == 404
    remove_member(by=ada, conversation_id=cockpit.pk, user_id=gus.pk)
    assert fetch(client, gus, upload).status_code == 404


def test_a_deleted_file_is_not_downloaded_and_swept_away(client, ada, hangar):
    first, second = keeps(ada, hangar), keeps(ada, hangar)
    message = say(ada, hangar, "here", attachments=[first.pk])
    delete_message(conversation_id=hangar.pk, message_id=message.pk, by=ada)
    assert fetch(client, ada, first).status_code == 404
    say(ada, hangar, "there", attachments=[second.pk])
    clear_conversation(conversation_id=hangar.pk, by=ada)
    assert fetch(client, ada, second).status_code == 404
    assert purge_uploads() == 2
    assert not default_storage.exists(first.path)
    assert not Attachment.objects.exists()


def test_orphans_are_swept_after_a_day(ada, hangar):
    young, old, posted = keeps(ada, hangar), keeps(ada, hangar), keeps(ada, hangar)
    say(ada, hangar, "kept", attachments=[posted.pk])
    yesterday = timezone.now() - timedelta(days=1, minutes=1)
    Attachment.objects.filter(pk__in=[old.pk, posted.pk]).update(created_at=yesterday)
    assert purge_uploads() == 1
    assert set(Attachment.objects.all()) == {young, posted}


def test_the_door_takes_a_file(client, ada, hangar):
    client.force_login(ada)
    url = reverse("messaging:files", args=[hangar.pk])
    answer = client.post(url, {"file": SimpleUploadedFile("a.txt", b"words")})
    assert answer.status_code == 201
    assert answer.json().keys() == {"id", "name", "size", "content_type", "url"}
    assert client.post(url, {}).status_code == 400
    too_large = client.post(url, {"file": SimpleUploadedFile("a", b"x" * (attaching.LARGEST + 100_000))})
    assert too_large.status_code == 413
