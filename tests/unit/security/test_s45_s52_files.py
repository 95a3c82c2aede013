"""Files that strangers send: they run nowhere, tell nothing of their makers, and cost no more than they weigh."""

import io
import struct
import tracemalloc
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageSequence, PngImagePlugin

from accounts.pictures.faces import keep_face
from accounts.pictures.unpacking import MOST_PROFILES, MOST_SCANS
from messaging.actions import delete_message, keep_upload, remove_member
from messaging.actions.files import attaching
from messaging.models import Attachment
from messaging.pictures import picture_in

from .attacks import asks, browser_of
from .conftest import say

INLINE = {"image/png", "image/jpeg", "image/gif", "image/webp"}
SECRET = "50.0755N 14.4378E"


def keeps(scene, content, name="x"):
    return keep_upload(conversation_id=scene.private.pk, by=scene.ada, name=name, chunks=[content])


def stored(upload):
    with default_storage.open(upload.path) as file:
        return file.read()


def noted(orientation=1):
    """What a telephone writes into a picture: where it was taken, by what, and how it was held."""
    exif = Image.Exif()
    exif[0x0110] = f"Telephone {SECRET}"
    exif[0x0112] = orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 4.0, 31.8), 3: "E", 4: (14.0, 26.0, 16.0)})
    return exif.tobytes()


def photograph(kind, orientation=1):
    file, image = io.BytesIO(), Image.effect_noise((40, 20), 90).convert("RGB")
    more = {"exif": noted(orientation)} if kind != "GIF" else {}
    if kind in ("JPEG", "GIF"):
        more["comment"] = SECRET
    if kind == "PNG":
        more["pnginfo"] = PngImagePlugin.PngInfo()
        more["pnginfo"].add_text("Location", SECRET)
    if kind in ("WEBP", "JPEG", "PNG"):
        more["xmp"] = f"<x:xmpmeta>{SECRET}</x:xmpmeta>".encode()
    if kind == "JPEG":
        more["progressive"] = orientation == 8
    if kind == "WEBP":
        more["lossless"] = True
    image.save(file, kind, **more)
    return file.getvalue()


def moving(kind):
    file, frames = io.BytesIO(), [Image.new("RGB", (30, 20), (n * 20, 9, 99)) for n in range(6)]
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], duration=40, loop=0)
    return file.getvalue()


def pixels(content):
    with Image.open(io.BytesIO(content)) as image:
        return [frame.convert("RGBA").tobytes() for frame in ImageSequence.Iterator(image)]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_s50_a_picture_tells_nothing_of_where_it_was_taken(scene, kind):
    before = photograph(kind)
    assert SECRET.encode() in before, "the test would see nothing"
    upload = keeps(scene, before)
    after = stored(upload)
    assert upload.content_type == f"image/{kind.lower()}"
    assert SECRET.encode() not in after and b"xmpmeta" not in after and b"Telephone" not in after
    assert upload.size == len(after) < len(before)
    with Image.open(io.BytesIO(after)) as image:
        assert not dict(image.getexif()) and not image.getexif().get_ifd(0x8825)
    assert pixels(after) == pixels(before)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_s50_a_picture_still_stands_upright(scene, kind, orientation):
    after = stored(keeps(scene, photograph(kind, orientation)))
    with Image.open(io.BytesIO(after)) as image:
        assert dict(image.getexif()) == {0x0112: orientation}
    assert SECRET.encode() not in after


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_s50_a_moving_picture_still_moves(scene, kind):
    before = moving(kind)
    after = stored(keeps(scene, before))
    with Image.open(io.BytesIO(after)) as image:
        assert image.n_frames == 6 and image.info.get("loop") == 0
    assert pixels(after) == pixels(before)


def test_s50_the_small_picture_in_a_cut_one_goes(scene):
    """What was cut away may still be seen in it."""
    whole = photograph("JPEG")
    thumbnail = b"\xff\xe0" + struct.pack(">H", 8 + 300) + b"JFXX\0\x10" + b"t" * 300
    assert b"t" * 300 not in stored(keeps(scene, whole[:2] + thumbnail + whole[2:]))


POLYGLOT = b"<script>alert(document.domain)</script>"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_s45_nothing_hides_behind_a_picture(scene, kind):
    for hidden in (POLYGLOT, b"PK\x03\x04 a zip", b"%PDF-1.7 /JS"):
        upload = keeps(scene, photograph(kind) + hidden)
        assert upload.content_type in INLINE
        assert hidden not in stored(upload)


def gif_that_is_a_script():
    """A GIF to some decoders, a script to a browser that guesses: its width opens a comment."""
    return b"GIF89a/*" + b"\x01\x00\x00\x00\x00" + b"*/=1;alert(1)//" + b";"


IMPOSTORS = {
    "page.png": b"<!doctype html>" + POLYGLOT,
    "page.xhtml": b'<html xmlns="http://www.w3.org/1999/xhtml">' + POLYGLOT + b"</html>",
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "drawing.png": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "laughs.svg": b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><svg>&b;</svg>',
    "reads.svg": b'<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
    "paper.pdf": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj",
    "script.gif": gif_that_is_a_script(),
    "script.js": b"alert(1)",
    "sheet.css": b"*{background:url(//evil.example)}",
    "picture.tiff": b"II*\0" + bytes(64),
    "picture.bmp": b"BM" + bytes(64),
    "picture.ico": b"\0\0\1\0" + bytes(64),
    "flash.swf": b"CWS\x08" + bytes(64),
    "archive.zip": b"PK\x03\x04" + bytes(64),
    "cut.png": photograph("PNG")[:-20],
    "cut.jpg": photograph("JPEG")[:-20],
    "cut.gif": photograph("GIF")[:-20],
    "cut.webp": photograph("WEBP")[:-20],
}


@pytest.mark.parametrize("name", IMPOSTORS)
def test_s45_whatever_is_no_picture_is_only_ever_downloaded(scene, name):
    upload = keeps(scene, IMPOSTORS[name], name)
    answer = asks(scene.ada, "GET", upload.url)
    assert answer["Content-Type"] in ("application/octet-stream", "application/pdf")
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == IMPOSTORS[name]


def test_s45_the_type_a_browser_claims_counts_for_nothing(scene):
    from django.core.files.uploadedfile import SimpleUploadedFile

    path = f"/messaging/conversation/{scene.private.pk}/files/"
    page = SimpleUploadedFile("x.png", POLYGLOT, content_type="image/png")
    told = asks(scene.ada, "POST", path, {"file": page}).json()
    assert told["content_type"] == "application/octet-stream"


@pytest.mark.parametrize("shown", [True, False])
def test_s32_s45_no_file_runs_frames_or_is_embedded_elsewhere(scene, shown):
    upload = keeps(scene, photograph("PNG") if shown else POLYGLOT)
    answer = asks(scene.ada, "GET", upload.url)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]


def bomb(side=50_000):
    def chunk(name, content):
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(5_000_000))) + chunk(b"IEND", b"")
    )


def costs(content):
    tracemalloc.start()
    try:
        found = picture_in(io.BytesIO(content))
        return found, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_s46_a_picture_of_many_pixels_is_none_and_is_never_decoded(monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("it was decoded"))
    found, peak = costs(bomb())
    assert found is None and peak < 1_000_000


def test_s46_many_frames_are_many_pixels(monkeypatch):
    monkeypatch.setattr("messaging.pictures.MOST_PIXELS", 30 * 20 * 5)
    for kind in ("GIF", "PNG", "WEBP"):
        assert picture_in(io.BytesIO(moving(kind))) is None
    monkeypatch.setattr("messaging.pictures.MOST_PIXELS", 30 * 20 * 6)
    for kind in ("GIF", "PNG", "WEBP"):
        assert picture_in(io.BytesIO(moving(kind))) is not None


@pytest.mark.parametrize(
    "content",
    [
        photograph("JPEG")[:2] + b"\xff\xfe\0\x02" * 2_500_000,
        photograph("GIF")[:13] + b"\x21\xfe\0" * 3_000_000,
        b"\x89PNG\r\n\x1a\n" + photograph("PNG")[8:33] + b"\0\0\0\0tEXtcccc" * 800_000,
        photograph("JPEG")[:2] + b"\xff" * 10_000_000,
        photograph("JPEG")[:2] + b"\xff\xda\0\x02" + b"\xff" * 50_000 + b"\0",
    ],
    ids=["jpeg", "gif", "png", "filling", "filling in a scan"],
)
def test_s46_a_picture_of_many_parts_is_none_and_takes_no_time(content):
    from time import thread_time

    started = thread_time()
    assert picture_in(io.BytesIO(content)) is None
    assert thread_time() - started < 1


def test_s52_a_picture_of_many_scans_is_none():
    """Each goes over all of the picture, and costs a stranger a few bytes."""
    content = photograph("JPEG", orientation=8)
    assert picture_in(io.BytesIO(content)) is not None
    scan = content[content.rindex(b"\xff\xda") : -2]
    assert picture_in(io.BytesIO(content[:-2] + MOST_SCANS * scan + content[-2:])) is None


def test_s47_a_picture_of_many_packed_profiles_is_none_and_no_face():
    """Each is a kilobyte for a stranger, and a megabyte to be unpacked."""
    content, body = photograph("PNG"), b"iCCP" + b"x\0\0" + zlib.compress(bytes(1_000_000))
    profile = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    few, many = (content[:33] + count * profile + content[33:] for count in (1, MOST_PROFILES + 1))
    assert picture_in(io.BytesIO(few)) is not None and keep_face(SimpleUploadedFile("face.png", few))
    assert picture_in(io.BytesIO(many)) is None
    with pytest.raises(ValidationError):
        keep_face(SimpleUploadedFile("face.png", many))


def test_s47_archives_are_not_looked_into(scene):
    squeezed = zlib.compress(bytes(9_000_000))
    assert keeps(scene, b"PK\x03\x04" + squeezed).size == len(squeezed) + 4


NAMES = [
    "../../x", "..\\..\\x", "/etc/passwd", "a\r\nSet-Cookie: x=1", "a\0b.png", "x" * 300, "con.txt", "\"';}<b>.txt",
    'a"; filename="b.html', "naïve ☃.txt", "\u202egnp.exe", ".htaccess", "a;b=c.txt", "%0d%0aX: y",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_s48_a_name_is_only_words(scene, name, tmp_path):
    upload = keeps(scene, b"words", name)
    answer = asks(scene.ada, "GET", upload.url)
    header = answer["Content-Disposition"]
    assert header.startswith("attachment; filename")
    assert (
        header.isascii()
        and "\r" not in header
        and "\n" not in header
        and "/" not in header.partition("''")[2]
    )
    assert "Set-Cookie" not in answer.headers and "X" not in answer.headers
    assert (tmp_path / "media" / upload.path).resolve().is_relative_to(tmp_path / "media" / "attachments")
    if not upload.name.isascii():
        assert "filename*=utf-8''" in header


def test_s48_quotes_do_not_end_the_name(scene):
    header = asks(scene.ada, "GET", keeps(scene, b"w", 'a"; filename="b.html').url)["Content-Disposition"]
    assert header == 'attachment; filename="a\\"; filename=\\"b.html"'


def test_s49_a_day_holds_only_so_much(scene, monkeypatch):
    monkeypatch.setattr(attaching, "MOST_IN_A_DAY", 1_000)
    keeps(scene, b"x" * 600)
    taken = []

    def endless():
        while True:
            taken.append(1)
            yield b"x" * 100

    def another():
        keep_upload(conversation_id=scene.private.pk, by=scene.ada, name="x", chunks=endless())

    with pytest.raises(ValidationError):
        another()
    assert len(taken) <= 6, "it was read on after there was no room"
    keep_upload(conversation_id=scene.private.pk, by=scene.bob, name="x", chunks=[b"x" * 600])


def test_s49_nothing_is_kept_of_what_was_refused(scene, tmp_path):
    before = sorted((tmp_path / "media").rglob("*")), Attachment.objects.count()
    with pytest.raises(ValidationError):
        keeps(scene, b"x" * (attaching.LARGEST + 1))
    assert (sorted((tmp_path / "media").rglob("*")), Attachment.objects.count()) == before


def test_s51_a_file_ends_with_its_key_its_message_and_its_session(scene):
    upload = scene.file
    vera = browser_of(scene.vera)
    assert vera.get(upload.url).status_code == 200
    assert asks(None, "GET", upload.url).status_code == 302
    remove_member(by=scene.ada, conversation_id=scene.private.pk, user_id=scene.vera.pk)
    assert vera.get(upload.url).status_code == 404
    assert asks(scene.bob, "GET", upload.url).status_code == 200
    delete_message(conversation_id=scene.private.pk, message_id=upload_message(upload).pk, by=scene.ada)
    for who in (scene.ada, scene.bob):
        assert asks(who, "GET", upload.url).status_code == 404


def upload_message(upload):
    return Attachment.objects.select_related("message").get(pk=upload.pk).message


def test_s51_an_upload_that_waits_is_its_uploaders_alone(scene):
    waiting = keeps(scene, b"not said yet")
    assert asks(scene.ada, "GET", waiting.url).status_code == 200
    for who in (scene.bob, scene.vera, scene.eve):
        assert asks(who, "GET", waiting.url).status_code == 404
    with pytest.raises(ValidationError):
        say(scene.bob, scene.private, "mine", attachments=[waiting.pk])


def test_s51_no_address_serves_the_folder(scene):
    for path in (f"/media/{scene.file.path}", f"/{scene.file.path}", f"/static/../media/{scene.file.path}",
                 f"/static/%2e%2e/{scene.file.path}", "/messaging/file/..%2f..%2fsecret_key/"):  # fmt: skip
        assert asks(scene.ada, "GET", path).status_code == 404
