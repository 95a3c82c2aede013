"""What a guest learns of a board, and what a picture of a person gives away: nothing."""

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.pictures import faces
from accounts.pictures.unpacking import MOST_SCANS
from boards.limits import NAMES_AT_ONCE
from messaging import actions, policy

from .attacks import asks, state
from .conftest import a_picture


def test_s71_a_guest_by_invitation_sees_one_room_and_nothing_else(scene):
    room = actions.accept_invitation(by=scene.otto, invitation_id=scene.invitation.pk)
    for path in ("/messaging/", "/boards/", "/messaging/destinations/", room.url):
        page = asks(scene.otto, "GET", path).content.decode()
        assert "Engine" not in page and f"/boards/{scene.board.pk}/" not in page and "carl" not in page, path
    for path in (
        scene.board.url,
        scene.task.url,
        f"/messaging/board/{scene.board.pk}/rooms/",
        scene.hangar.url,
    ):
        assert asks(scene.otto, "GET", path).status_code == 404, path
    assert set(policy.people_met(scene.otto)) == {scene.otto, scene.ada, scene.bob, scene.vera}


def test_s71_a_guest_is_given_nothing_to_run(scene):
    actions.accept_invitation(by=scene.otto, invitation_id=scene.invitation.pk)
    with pytest.raises(ValidationError):
        actions.set_role(
            by=scene.ada, conversation_id=scene.private.pk, user_id=scene.otto.pk, role="moderator"
        )
    scene.private.memberships.filter(user=scene.otto).update(role="moderator")
    assert policy.MANAGE not in policy.abilities(scene.otto, scene.private)


def test_s76_whoever_invites_does_not_learn_who_is_here(scene):
    path = f"/messaging/room/{scene.private.pk}/people/"
    told = {
        who: (answer.status_code, answer.content)
        for who in ("eve", "nobody-here", "eve@example.org", "bob", "otto", "ada")
        for answer in [asks(scene.ada, "POST", path, {"person": who})]
    }
    assert len(set(told.values())) == 1


def test_s76_whoever_invites_does_not_count_up_who_is_here(scene):
    """The room's page names those it asked: an id, which is guessed at once, gets nobody onto it."""
    path = f"/messaging/room/{scene.private.pk}/people/"
    asks(scene.ada, "POST", path, {"user": scene.eve.pk})
    assert "@eve" not in asks(scene.ada, "GET", path).content.decode()
    asks(scene.ada, "POST", path, {"person": "eve"})
    assert "@eve" in asks(scene.ada, "GET", path).content.decode()


def test_s76_whoever_invites_tries_only_so_many_names(scene):
    path = f"/messaging/room/{scene.private.pk}/people/"
    told = [
        asks(scene.ada, "POST", path, {"person": f"guess-{n}"}).status_code for n in range(NAMES_AT_ONCE + 1)
    ]
    assert set(told[:-1]) == {200} and told[-1] == 400


def test_s71_a_guest_is_offered_the_names_of_the_room_alone(scene):
    path = f"/messaging/conversation/{scene.hangar.pk}/people/"
    actions.leave_room(by=scene.carl, conversation_id=scene.hangar.pk)
    offered = {
        who: {one["username"] for one in asks(who, "GET", path).json()["people"]}
        for who in (scene.gus, scene.bob)
    }
    assert "carl" in offered[scene.bob]
    assert "carl" not in offered[scene.gus] and "bob" in offered[scene.gus]


def test_s71_a_guest_learns_by_no_mention_who_is_on_the_board(scene):
    actions.leave_room(by=scene.carl, conversation_id=scene.hangar.pk)
    said = {
        who: actions.post_message(conversation_id=scene.hangar.pk, author=who, body="@carl and @bob")
        for who in (scene.gus, scene.ada)
    }
    named = {who: {one.user.username for one in message.mentions.all()} for who, message in said.items()}
    assert named == {scene.gus: {"bob"}, scene.ada: {"carl", "bob"}}
    assert "data-user" in said[scene.gus].html and ">@carl<" not in said[scene.gus].html
    edited = actions.edit_message(
        conversation_id=scene.hangar.pk, by=scene.gus, message_id=said[scene.gus].pk, body="@carl, really"
    )
    assert not edited.mentions.exists() and not edited.html


def test_s71_an_invitation_ends_with_the_right_of_whoever_gave_it(scene):
    actions.set_role(by=scene.ada, conversation_id=scene.private.pk, user_id=scene.bob.pk, role="moderator")
    actions.invite(by=scene.bob, conversation_id=scene.private.pk, user_id=scene.eve.pk)
    asked = scene.private.invitations.get(user=scene.eve)
    actions.set_role(by=scene.ada, conversation_id=scene.private.pk, user_id=scene.bob.pk, role="member")
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    with pytest.raises(PermissionDenied):
        actions.accept_invitation(by=scene.eve, invitation_id=asked.pk)


def test_s45_a_face_is_drawn_anew(scene):
    exif = Image.Exif()
    exif[0x010E] = "a secret place"
    key = faces.keep_face(a_picture((90, 30), "JPEG", exif=exif))
    for size in faces.SIZES:
        kept = default_storage.open(faces.path_of(key, size)).read()
        with Image.open(io.BytesIO(kept)) as picture:
            assert (picture.format, picture.size, dict(picture.getexif())) == ("WEBP", (size, size), {})
        assert b"secret" not in kept


@pytest.mark.parametrize(
    "bytes", [b"<svg onload=alert(1)>", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"x" * 100, b""]
)
def test_s45_what_is_no_picture_is_no_face(scene, bytes):
    before = state()
    with pytest.raises(ValidationError):
        faces.keep_face(SimpleUploadedFile("face.png", bytes))
    assert state() == before


def test_s46_a_bomb_is_refused_by_its_header(monkeypatch, scene):
    monkeypatch.setattr(faces, "MOST_PIXELS", 100)
    with pytest.raises(ValidationError):
        faces.keep_face(a_picture((20, 20)))


def test_a_face_stands_upright(db):
    picture = Image.new("RGB", (60, 40), "red")
    picture.paste("blue", (0, 20, 60, 40))
    exif, file = Image.Exif(), io.BytesIO()
    exif[0x0112] = 3  # upside down
    picture.save(file, "JPEG", exif=exif)
    key = faces.keep_face(SimpleUploadedFile("face.jpg", file.getvalue()))
    with Image.open(default_storage.open(faces.path_of(key, 64))) as kept:
        red, _, blue = kept.convert("RGB").getpixel((32, 8))
    assert blue > 200 > red


def test_s46_no_face_takes_much_memory_or_time():
    def refused(size, kind, **more):
        with pytest.raises(ValidationError):
            faces.keep_face(a_picture(size, kind, **more))

    refused((4000, 4000), "PNG")
    refused((4000, 4000), "JPEG", progressive=True)
    assert faces.keep_face(a_picture((4000, 4000), "JPEG"))
    in_scans = a_picture((90, 30), "JPEG", progressive=True).read()
    last = in_scans.rindex(b"\xff\xda")
    many = in_scans[:-2] + in_scans[last:-2] * MOST_SCANS + in_scans[-2:]
    assert faces.keep_face(SimpleUploadedFile("face.jpg", in_scans))
    with pytest.raises(ValidationError):
        faces.keep_face(SimpleUploadedFile("face.jpg", many))


def test_s51_a_face_comes_with_safe_headers_and_only_to_those_who_may_see(scene):
    answer = asks(scene.bob, "GET", faces.url_of(scene.face_key))
    assert answer["Content-Type"] == "image/webp" and answer["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer["Cache-Control"] and "sandbox" in answer["Content-Security-Policy"]
    assert asks(scene.eve, "GET", faces.url_of(scene.face_key)).status_code == 404
    assert asks(scene.bob, "GET", f"/accounts/face/{scene.face_key}/63/").status_code == 404
