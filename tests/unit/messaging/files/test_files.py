"""Files go in and come out through the policy, and run nowhere."""

import io
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from messaging.actions import (
    clear_conversation,
    delete_message,
    depict_due,
    edit_message,
    keep_upload,
    post_messages,
    purge_uploads,
    remove_member,
    run_due,
)
from messaging.actions.files import attaching, shrinking
from messaging.models import Attachment, Errand, Message
from messaging.pictures import first_page
from messaging.pictures.small import smaller
from messaging.posts import Post
from messaging.queries import snapshots

from ..conftest import say


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }


def picture(kind="PNG", size=(4, 4), **more):
    file = io.BytesIO()
    Image.new("RGB", size).save(file, kind, **more)
    return file.getvalue()


def on_its_side():
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


def keeps(who, where, content=b"words", name="notes.txt"):
    return keep_upload(conversation_id=where.pk, by=who, name=name, chunks=[content])


def fetch(client, who, upload):
    client.force_login(who)
    return client.get(getattr(upload, "url", upload))


def test_an_answer_to_a_file_alone_shows_its_name(ada, bob, hangar):
    files = [keeps(ada, hangar, name=name).pk for name in ("plan.pdf", "wing.png")]
    file = say(ada, hangar, "", attachments=files)
    answer = say(bob, hangar, "Good", reply_to=file.pk)
    to_words = say(ada, hangar, "Thanks", reply_to=answer.pk)
    assert snapshots.quoted(answer.reply_to, hangar)["excerpt"] == "plan.pdf"
    read = Message.objects.filter(pk__in=[answer.pk, to_words.pk]).order_by("pk")
    quotes = [one["reply_to"]["excerpt"] for one in snapshots.snapshots_of(read)]
    assert quotes == ["plan.pdf", "Good"]
    delete_message(conversation_id=hangar.pk, message_id=file.pk, by=ada)
    assert snapshots.snapshot_of(answer)["reply_to"]["excerpt"] == ""


def test_names_of_answered_files_cost_no_question_each(ada, hangar, django_assert_max_num_queries):
    for _ in range(5):
        say(ada, hangar, "Good", reply_to=say(ada, hangar, "", attachments=[keeps(ada, hangar).pk]).pk)
    read = list(hangar.messages.all())
    with django_assert_max_num_queries(9):
        assert sum(bool(one["reply_to"]) for one in snapshots.snapshots_of(read)) == 5


def test_an_upload_is_posted_once(ada, bob, hangar):
    upload = keeps(ada, hangar)
    message = say(ada, hangar, "", attachments=[upload.pk])
    assert message.kind == "file"
    assert message.attachments.get().name == "notes.txt"
    with pytest.raises(ValidationError):
        say(ada, hangar, "again", attachments=[upload.pk])


def test_nor_is_it_posted_twice_by_what_is_written_together(ada, hangar):
    upload = keeps(ada, hangar)
    post = Post(author=ada, body="Here", attachments=(upload.pk,))
    message, refused = post_messages([(hangar.pk, post)] * 2)
    assert message.attachments.get() == upload and isinstance(refused, ValidationError)


def test_files_stand_in_the_order_in_which_they_were_laid(client, ada, hangar):
    """However they arrived: a small one overtakes a large one."""
    uploads = [keeps(ada, hangar, picture(), f"{n}.png").pk for n in range(3)]
    laid = [uploads[2], uploads[0], uploads[1]]
    message = say(ada, hangar, "Here", attachments=laid)
    say(ada, hangar, "Later", attachments=[keeps(ada, hangar, picture()).pk])
    assert [one["id"] for one in snapshots.snapshot_of(message)["attachments"]] == laid
    address = reverse("messaging:files", args=[hangar.pk])
    client.force_login(ada)

    def beside(**which):
        answer = client.get(address, which, HTTP_ACCEPT="application/json").json()
        return [one["id"] for one in answer["files"]]

    assert beside()[:3] == laid
    assert beside(after=laid[0])[:2] == laid[1:] and beside(before=laid[2]) == laid[:2]


def test_the_words_about_a_file_may_go_and_come_back(ada, hangar):
    message = say(ada, hangar, "My notes", attachments=[keeps(ada, hangar).pk])
    for body, kind in (("", "file"), ("Yours", "said")):
        edited = edit_message(conversation_id=hangar.pk, message_id=message.pk, by=ada, body=body)
        assert (edited.body, edited.kind) == (body, kind)
    with pytest.raises(ValidationError):
        edit_message(conversation_id=hangar.pk, message_id=say(ada, hangar, "No file").pk, by=ada, body=" ")


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
    assert answer["Content-Type"] in ("application/octet-stream", "application/pdf", "image/gif")
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


def test_a_deleted_file_and_its_smaller_picture_are_gone_at_once(
    client, ada, hangar, django_capture_on_commit_callbacks
):
    upload, other = keeps(ada, hangar, picture(size=(900, 600))), keeps(ada, hangar)
    run_due()
    message = say(ada, hangar, "here", attachments=[upload.pk])
    say(ada, hangar, "stays", attachments=[other.pk])
    assert default_storage.exists(upload.small_path)
    with django_capture_on_commit_callbacks(execute=True):
        delete_message(conversation_id=hangar.pk, message_id=message.pk, by=ada)
    assert not default_storage.exists(upload.path) and not default_storage.exists(upload.small_path)
    with django_capture_on_commit_callbacks(execute=True):
        clear_conversation(conversation_id=hangar.pk, by=ada)
    assert not Attachment.objects.exists()
    assert not default_storage.exists(other.path)


def test_a_retry_of_an_upload_is_not_a_second_file(client, ada, bob, hangar, cockpit):
    key = uuid.uuid4()
    client.force_login(ada)
    address = reverse("messaging:files", args=[hangar.pk])

    def brings():
        form = {"file": SimpleUploadedFile("notes.txt", b"words"), "key": str(key)}
        return client.post(address, form, HTTP_ACCEPT="application/json").json()["id"]

    assert brings() == brings()
    upload = Attachment.objects.get()
    say(ada, hangar, "Here", attachments=[upload.pk])
    assert brings() == upload.pk  # also when the answer to the first was lost, and it is posted by now
    for who, where in ((bob, hangar), (ada, cockpit)):
        with pytest.raises(ValidationError):
            keep_upload(conversation_id=where.pk, by=who, name="x", chunks=[b"x"], key=key)
    assert Attachment.objects.count() == 1


def test_what_a_broken_upload_left_is_not_in_the_way(ada, hangar, tmp_path):
    key = uuid.uuid4()
    default_storage.save(Attachment(key=key.hex).path, ContentFile(b"half a wo"))
    upload = keep_upload(conversation_id=hangar.pk, by=ada, name="n.txt", chunks=[b"words"], key=key)
    assert default_storage.open(upload.path).read() == b"words"
    assert len([file for file in tmp_path.rglob("*") if file.is_file()]) == 1


def test_an_upload_that_is_brought_again_waits_for_another_day(ada, hangar):
    key = uuid.uuid4()
    upload = keep_upload(conversation_id=hangar.pk, by=ada, name="n.txt", chunks=[b"words"], key=key)
    Attachment.objects.update(created_at=timezone.now() - timedelta(days=2))
    keep_upload(conversation_id=hangar.pk, by=ada, name="n.txt", chunks=[b"words"], key=key)
    assert purge_uploads() == 0
    assert Attachment.objects.get() == upload


def test_orphans_are_swept_after_a_day(ada, hangar):
    young, old, posted = keeps(ada, hangar), keeps(ada, hangar), keeps(ada, hangar)
    say(ada, hangar, "kept", attachments=[posted.pk])
    yesterday = timezone.now() - timedelta(days=1, minutes=1)
    Attachment.objects.filter(pk__in=[old.pk, posted.pk]).update(created_at=yesterday)
    assert purge_uploads() == 1
    assert set(Attachment.objects.all()) == {young, posted}


def test_what_is_posted_at_the_last_moment_is_not_swept_away(client, ada, hangar, monkeypatch):
    upload, sweep = keeps(ada, hangar), attaching._purge
    Attachment.objects.update(created_at=timezone.now() - timedelta(days=2))

    def posted_before(one):
        say(ada, hangar, "", attachments=[one.pk])
        return sweep(one)

    monkeypatch.setattr(attaching, "_purge", posted_before)
    assert purge_uploads() == 0
    assert b"".join(fetch(client, ada, upload)) == b"words"


def test_what_is_being_swept_away_is_not_posted(ada, hangar, monkeypatch):
    upload = keeps(ada, hangar)
    Attachment.objects.update(created_at=timezone.now() - timedelta(days=2))

    def disk_is_gone(path):
        raise OSError

    monkeypatch.setattr(default_storage, "delete", disk_is_gone)
    with pytest.raises(OSError):
        purge_uploads()
    with pytest.raises(ValidationError):
        say(ada, hangar, "", attachments=[upload.pk])
    monkeypatch.undo()
    assert purge_uploads() == 1 and not Attachment.objects.exists()


def test_the_door_takes_a_file(client, ada, hangar):
    client.force_login(ada)
    url = reverse("messaging:files", args=[hangar.pk])
    answer = client.post(url, {"file": SimpleUploadedFile("a.txt", b"words")})
    assert answer.status_code == 201
    assert answer.json().keys() == {"id", "name", "size", "content_type", "width", "height", "url"}
    assert client.post(url, {}).status_code == 400
    too_large = client.post(url, {"file": SimpleUploadedFile("a", b"x" * (attaching.LARGEST + 100_000))})
    assert too_large.status_code == 413


# -- pictures in a timeline --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_measured_as_it_is_shown(ada, hangar, kind):
    assert keeps(ada, hangar, picture(kind, (60, 40))).width == 60
    turned = keeps(ada, hangar, picture(kind, (60, 40), exif=on_its_side()))
    assert (turned.width, turned.height) == (40, 60)
    assert keeps(ada, hangar).width is None


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_large_picture_has_a_smaller_one_made(client, ada, hangar, kind):
    upload = keeps(ada, hangar, picture(kind, (2000, 1000), exif=on_its_side()))
    small = f"{upload.url}?size=small"
    client.force_login(ada)
    assert client.get(small)["Content-Type"] == f"image/{kind.lower()}", "the original, until then"
    assert run_due() == 1
    answer = client.get(small)
    assert answer["Content-Type"] == "image/webp" and "sandbox" in answer["Content-Security-Policy"]
    with Image.open(io.BytesIO(answer.getvalue())) as image:
        assert image.size == (320, 640) and not dict(image.getexif())
    assert client.get(upload.url)["Content-Type"] == f"image/{kind.lower()}"


def drawn(mode):
    """A picture from black on the left to white on the right, every second row of it black."""
    grey = Image.new("L", (1280, 640))
    grey.putdata([x // 5 if y % 2 else 0 for y in range(640) for x in range(1280)])
    grey = (
        grey.convert("I").point(lambda one: one * 257).convert("I;16")
        if mode == "I;16"
        else grey.convert(mode)
    )
    file = io.BytesIO()
    grey.save(file, "PNG", exif=on_its_side())
    return file


@pytest.mark.parametrize("mode", ["L", "P", "I;16"])
def test_a_smaller_picture_mixes_colours_however_they_are_kept(mode):
    with Image.open(io.BytesIO(smaller(drawn(mode)))) as image:
        assert image.size == (320, 640)
        assert all(abs(image.getpixel((160, 640 * n // 8))[0] - 16 * n) < 5 for n in range(8))


def test_a_picture_whose_smaller_one_is_lost_is_shown_as_it_came(client, ada, hangar):
    upload, well = (keeps(ada, hangar, picture(size=(900, 600))) for _ in range(2))
    assert run_due() == 2
    default_storage.delete(upload.small_path)
    client.force_login(ada)
    small = f"{upload.url}?size=small"
    answer = client.get(small)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer.getvalue() == default_storage.open(upload.path).read()
    assert shrinking.make_lost_ones_anew() == 1 and run_due() == 1
    assert client.get(small)["Content-Type"] == "image/webp"
    default_storage.delete(upload.small_path)
    default_storage.delete(upload.path)
    assert client.get(small).status_code == 404


# -- PDFs --------------------------------------------------------------------------------------------------------

BROKEN = b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj"


def pdf(size=(600, 800)):
    return picture("PDF", size)


def test_a_pdf_is_shown_by_its_first_page(client, ada, hangar):
    upload = keeps(ada, hangar, pdf(), "plan.pdf")
    assert (upload.content_type, upload.width) == ("application/pdf", None)
    assert depict_due() == 1 and depict_due() == 0
    message = say(ada, hangar, "The plan", attachments=[upload.pk])
    (told,) = snapshots.snapshot_of(message)["attachments"]
    assert (told["width"], told["height"]) == (480, 640)
    page = fetch(client, ada, f"{upload.url}?size=small")
    assert page["Content-Type"] == "image/webp" and "sandbox" in page["Content-Security-Policy"]
    with Image.open(io.BytesIO(page.getvalue())) as image:
        assert image.size == (480, 640)
    assert fetch(client, ada, upload)["Content-Disposition"].startswith("attachment")


def test_a_message_is_told_anew_once_its_pdf_has_a_picture(ada, hangar):
    message = say(ada, hangar, "The plan", attachments=[keeps(ada, hangar, pdf()).pk])
    depict_due()
    hangar.refresh_from_db()
    message.refresh_from_db()
    assert (message.revision, message.why) == (hangar.revision, "linked")
    assert message.edited_at is None


@pytest.mark.parametrize("content", [BROKEN, b"%PDF-", b"%PDF-1.4 " + bytes(1000)])
def test_a_pdf_that_cannot_be_drawn_is_shown_by_its_name(ada, hangar, content):
    upload = keeps(ada, hangar, content, "plan.pdf")
    assert depict_due() == 1
    upload.refresh_from_db()
    assert (upload.width, upload.thumbnail_at) == (None, None)
    assert not Errand.objects.filter(done_at=None).exists()


def test_a_pdf_that_takes_too_long_holds_nobody_up(ada, hangar, monkeypatch):
    monkeypatch.setattr(first_page, "TIMEOUT", 0.01)
    upload = keeps(ada, hangar, pdf())
    assert depict_due() == 1
    upload.refresh_from_db()
    assert upload.width is None


def test_the_page_of_a_deleted_pdf_is_not_shown(ada, hangar, django_capture_on_commit_callbacks):
    upload = keeps(ada, hangar, pdf())
    message = say(ada, hangar, "The plan", attachments=[upload.pk])
    with django_capture_on_commit_callbacks(execute=True):
        delete_message(conversation_id=hangar.pk, message_id=message.pk, by=ada)
    hangar.refresh_from_db()
    revision = hangar.revision
    assert depict_due() == 1
    hangar.refresh_from_db()
    assert hangar.revision == revision and not default_storage.exists(upload.small_path)


def test_a_lost_page_is_drawn_again(ada, hangar):
    upload = keeps(ada, hangar, pdf())
    depict_due()
    default_storage.delete(upload.small_path)
    assert shrinking.make_lost_ones_anew() == 1 and depict_due() == 1
    assert default_storage.exists(upload.small_path)


def test_a_small_or_moving_picture_is_shown_as_it_is(ada, hangar):
    keeps(ada, hangar, picture(size=(640, 300)))
    file, frames = io.BytesIO(), [Image.new("RGB", (900, 20), (n * 20, 9, 99)) for n in range(3)]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    keeps(ada, hangar, file.getvalue())
    assert not Errand.objects.exists()


def test_shrinking_is_safe_to_repeat_and_too_late(ada, hangar, monkeypatch):
    upload = keeps(ada, hangar, picture(size=(900, 600)))
    for _ in range(2):
        shrinking.shrink(upload.pk)
    assert Attachment.objects.get().thumbnail_at
    purge_uploads()
    attaching._purge(upload)
    shrinking.shrink(upload.pk)
    assert not default_storage.exists(upload.small_path)


def test_what_cannot_be_shrunk_stays_as_it_is(ada, hangar, monkeypatch):
    monkeypatch.setattr("messaging.pictures.small.MOST_PIXELS", 10)
    upload = keeps(ada, hangar, picture(size=(900, 600)))
    assert run_due() == 1
    upload.refresh_from_db()
    assert upload.thumbnail_at is None and not default_storage.exists(upload.small_path)


def test_pictures_nobody_measured_are_measured_later(ada, hangar):
    wide, lost = keeps(ada, hangar, picture(size=(900, 600))), keeps(ada, hangar, picture())
    Attachment.objects.update(width=None, height=None)
    Errand.objects.all().delete()
    default_storage.delete(lost.path)
    assert shrinking.measure_pictures() == 2
    assert shrinking.measure_pictures() == 0
    assert set(Attachment.objects.values_list("width", "height")) == {(900, 600), (0, 0)}
    assert Errand.objects.get().noun_id == wide.pk


# -- how much, and which -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "words"), [("gb_per_person", "Your files fill"), ("gb_in_all", "kept for files")]
)
def test_what_is_kept_is_limited(ada, hangar, settings, limit, words):
    nothing = {"gb_per_person": 0, "gb_in_all": 0}
    settings.FILES = nothing | {limit: 100 / 1024**3}
    keeps(ada, hangar, b"x" * 90)
    with pytest.raises(ValidationError, match=words):
        keeps(ada, hangar, b"x" * 11)
    settings.FILES = nothing
    keeps(ada, hangar, b"x" * 11)


def test_only_the_types_are_taken_that_whoever_runs_the_place_wants(ada, hangar, settings):
    settings.FILE_TYPES = ["pdf", "txt"]
    keeps(ada, hangar, name="Notes.TXT")
    for name in ("tool.exe", "txt", ".txt", "notes.txt.exe", "C:\\notes.txt\\tool"):
        with pytest.raises(ValidationError, match="not taken here, only these: pdf, txt"):
            keeps(ada, hangar, name=name)
    settings.FILE_TYPES = []
    keeps(ada, hangar, name="tool.exe")


def test_the_files_of_a_conversation_are_listed(client, ada, bob, eve, hangar, monkeypatch):
    monkeypatch.setattr("messaging.queries.files.PAGE", 2)
    kept = [keeps(ada, hangar, picture() if n % 2 else b"words", f"{n}") for n in range(6)]
    for upload in reversed(kept):
        said = say(ada, hangar, "here", attachments=[upload.pk])
    delete_message(conversation_id=hangar.pk, message_id=said.pk, by=ada)
    keeps(bob, hangar)  # not posted
    url = reverse("messaging:files", args=[hangar.pk])

    def asked(who=bob, **place):
        client.force_login(who)
        answer = client.get(url, place, headers={"Accept": "application/json"})
        if answer.status_code == 200:
            told = answer.json()
            return [file["name"] for file in told["files"]], told["more_before"], told["more_after"]
        return answer.status_code

    assert asked() == (["2", "1"], True, False)
    assert asked(before=kept[2].pk) == (["4", "3"], True, True)
    assert asked(before=kept[4].pk) == (["5"], False, True)
    assert asked(after=kept[4].pk) == (["3", "2"], True, True)
    assert asked(pictures=1) == (["3", "1"], True, False)
    assert asked(pictures=1, after=kept[5].pk) == (["3", "1"], True, False)
    assert asked(before=10**9) == ([], False, True)
    assert asked(who=eve) == 404
    client.force_login(bob)
    assert b">2</a>" in client.get(url).content
