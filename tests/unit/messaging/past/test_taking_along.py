"""What somebody asks to take along is prepared once, told of, theirs alone, and gone after some days."""

import io
import json
import tempfile
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.utils import timezone

from boards.actions import remove_board_member
from messaging.actions import ask_export, discard_export, keep_upload, prepare_exports
from messaging.actions.past import exporting
from messaging.models import Conversation, Draft, Export, Notification
from messaging.queries import notices

from ..conftest import say

pytestmark = pytest.mark.django_db(transaction=True)
LISTED = "/messaging/exports/"


@pytest.fixture
def talk(ada, bob, hangar, cockpit, direct):
    upload = keep_upload(conversation_id=hangar.pk, by=bob, name="plan.txt", chunks=[b"the plan"])
    say(ada, hangar, "Hello <script>alert(1)</script>")
    say(bob, hangar, "**Hello** Ada", attachments=[upload.pk])
    say(bob, direct, "between us")
    say(ada, cockpit, "not for Bob")


def held(export):
    with default_storage.open(export.path) as file:
        archive = zipfile.ZipFile(io.BytesIO(file.read()))
    return {name: archive.read(name).decode() for name in archive.namelist()}


def prepared(**asked):
    export = ask_export(**asked)
    prepare_exports()
    export.refresh_from_db()
    return export


def test_an_export_is_written_on_the_disk_of_the_data_folder(bob, talk, monkeypatch):
    """What is temporary is kept in memory on many a machine, which has no room for everybody's files."""
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    assert held(prepared(by=bob, what="mine"))["profile.json"]


def test_my_data_is_what_i_said_and_sent(bob, talk):
    bob.set_password("correct horse battery")
    bob.save()
    export = prepared(by=bob, what="mine")
    files = held(export)
    said = [json.loads(line) for line in files["messages.jsonl"].splitlines()]
    assert [(one["text"], one["place"]) for one in said] == [
        ("**Hello** Ada", "General"),
        ("between us", "Direct conversation"),
    ]
    assert files[said[0]["files"][0]["path"]] == "the plan"
    assert json.loads(files["profile.json"])["username"] == "bob"
    assert [one["name"] for one in json.loads(files["boards.json"])] == ["Hangar"]
    whole = "".join(files.values())
    assert "alert" not in whole and "not for Bob" not in whole and bob.password not in whole


def test_my_own_words_are_mine_also_where_i_am_no_longer(ada, bob, board, talk):
    remove_board_member(by=ada, board_id=board.pk, user_id=bob.pk)
    said = [json.loads(line) for line in held(prepared(by=bob, what="mine"))["messages.jsonl"].splitlines()]
    assert ("**Hello** Ada", None) in [(one["text"], one["place"]) for one in said]


def test_drafts_are_in_mine_alone(ada, bob, hangar, talk):
    Draft.objects.create(conversation=hangar, user=bob, body="half a thought", inbox_revision=1)
    assert "half a thought" in held(prepared(by=bob, what="mine"))["drafts.jsonl"]
    ada.is_superuser = True
    ada.save()
    assert "half a thought" not in "".join(held(prepared(by=ada, what="all")).values())


def test_a_room_is_data_and_a_page_that_runs_nothing(ada, hangar, talk):
    files = held(prepared(by=ada, what="room", conversation_id=hangar.pk))
    assert json.loads(files["room.json"])["name"] == "General"
    page = files["room.html"]
    assert "<strong>Hello</strong> Ada" in page and "&lt;script&gt;" in page and "<script" not in page
    assert page.index("&lt;script&gt;") < page.index("<strong>Hello") < page.index("</ol>")
    (path,) = [name for name in files if name.startswith("files/")]
    assert f'href="{path}"' in page and "example.org" not in "".join(files.values())


def test_its_page_is_in_the_language_of_whoever_takes_it_along(ada, hangar, talk):
    ada.language = "de"
    ada.save()
    page = held(prepared(by=ada, what="room", conversation_id=hangar.pk))["room.html"]
    assert '<html lang="de"' in page and "wie es um" in page


def test_everything_from_the_page_leaves_out_what_is_private(client, ada, talk):
    client.force_login(ada)
    assert client.post(f"{LISTED}everything/").status_code == 403
    ada.is_superuser = True
    ada.save()
    client.post(f"{LISTED}everything/")
    prepare_exports()
    whole = "".join(held(Export.objects.get()).values())
    assert "Hello" in whole and "between us" not in whole and "not for Bob" not in whole


@pytest.mark.parametrize("who", ["bob", "vera", "gus", "eve"])
def test_who_may_not_export_all_or_a_room_exports_their_own_data(request, hangar, who):
    by = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        ask_export(by=by, what="all")
    with pytest.raises(PermissionDenied):
        ask_export(by=by, what="room", conversation_id=hangar.pk)
    assert ask_export(by=by, what="mine")


def test_nobody_exports_what_two_people_said_to_each_other(ada, direct, engine):
    for conversation in (direct, engine):
        with pytest.raises(PermissionDenied):
            ask_export(by=ada, what="room", conversation_id=conversation.pk)


def test_who_asked_for_an_export_is_told_once_it_is_ready(bob, talk):
    export = ask_export(by=bob, what="mine")
    about = Notification.objects.filter(user=bob, kind="export")
    assert not about.exists()
    assert prepare_exports() == 1 and prepare_exports() == 0
    (told,) = notices.told(about)
    assert notices.sentence(told) == "What you said and sent is ready to download"
    assert told["url"] == f"{LISTED}?notice={told['notification_id']}" and about.get().export == export


def test_asking_twice_prepares_one(bob, talk):
    assert ask_export(by=bob, what="mine") == ask_export(by=bob, what="mine")


def test_another_room_has_to_wait_for_the_first_and_is_not_taken_for_it(ada, hangar, cockpit):
    first = ask_export(by=ada, what="room", conversation_id=hangar.pk)
    with pytest.raises(ValidationError):
        ask_export(by=ada, what="room", conversation_id=cockpit.pk)
    assert ask_export(by=ada, what="room", conversation_id=hangar.pk) == first
    prepare_exports()
    assert ask_export(by=ada, what="room", conversation_id=cockpit.pk).conversation == cockpit


def test_who_may_no_longer_when_it_is_prepared_gets_nothing(ada, bob, board, hangar):
    export = ask_export(by=ada, what="room", conversation_id=hangar.pk)
    board.memberships.filter(user=ada).update(role="viewer")
    prepare_exports()
    export.refresh_from_db()
    assert export.refusal == exporting.NOT_YOURS and not default_storage.exists(export.path)


def test_who_may_no_longer_does_not_learn_what_the_room_is_called_now(client, ada, board, cockpit):
    prepared(by=ada, what="room", conversation_id=cockpit.pk)
    client.force_login(ada)

    def shown():
        return client.get(LISTED).content.decode() + str(notices.told(notices.of(ada.pk)))

    assert f"The room {cockpit.name}" in shown()
    cockpit.memberships.filter(user=ada).delete()
    board.memberships.filter(user=ada).update(role="member")
    Conversation.objects.filter(pk=cockpit.pk).update(name="The plan to sell")
    assert "The plan to sell" not in shown()


def test_what_fails_is_tried_again_and_then_given_up_in_words(client, bob, monkeypatch):
    export = ask_export(by=bob, what="mine")
    monkeypatch.setattr(exporting, "write_mine", lambda *_: 1 / 0)
    for _ in range(exporting.MOST_ATTEMPTS + 1):
        prepare_exports()
    export.refresh_from_db()
    assert export.refusal == exporting.FAILED
    client.force_login(bob)
    assert str(exporting.FAILED) in client.get(LISTED).content.decode()
    assert ask_export(by=bob, what="mine") != export


def test_who_died_over_it_is_followed_by_another(bob):
    export = ask_export(by=bob, what="mine")
    assert exporting._claim(export)
    assert prepare_exports() == 0
    Export.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert prepare_exports() == 1


def test_who_took_too_long_leaves_what_another_made_ready(bob, talk, monkeypatch):
    export = ask_export(by=bob, what="mine")
    write = exporting._write

    def writes_while_another_does(one):
        monkeypatch.undo()
        Export.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
        assert prepare_exports() == 1
        return write(one)

    monkeypatch.setattr(exporting, "_write", writes_while_another_does)
    assert prepare_exports() == 0
    assert held(export)["profile.json"]
    assert Notification.objects.filter(kind="export").count() == 1


def test_an_export_is_gone_after_some_days_and_so_is_the_news_of_it(client, bob, talk):
    export = prepared(by=bob, what="mine")
    Export.objects.update(ready_at=timezone.now() - exporting.KEPT - timedelta(seconds=1))
    prepare_exports()
    assert not default_storage.exists(export.path)
    assert not Notification.objects.filter(user=bob, kind="export", read_at=None).exists()
    client.force_login(bob)
    assert client.get(f"{LISTED}{export.key}/").status_code == 404
    Export.objects.update(ended_at=timezone.now() - exporting.REMEMBERED - timedelta(seconds=1))
    prepare_exports()
    assert not Export.objects.exists()


def test_what_is_discarded_meanwhile_leaves_nothing(bob, talk, monkeypatch):
    export = ask_export(by=bob, what="mine")
    write = exporting._write

    def writes_while_it_is_discarded(one):
        size = write(one)
        discard_export(by=bob, key=one.key)
        return size

    monkeypatch.setattr(exporting, "_write", writes_while_it_is_discarded)
    prepare_exports()
    assert not default_storage.exists(export.path)
    assert not Notification.objects.filter(kind="export").exists()


def test_the_page_asks_and_brings_it_to_its_person_alone(client, ada, bob, talk):
    client.force_login(bob)
    assert "Ask for everything" not in client.get(LISTED).content.decode()
    client.post(LISTED)
    assert "is being prepared" in client.get(LISTED).content.decode()
    prepare_exports()
    export = Export.objects.get()
    answer = client.get(f"{LISTED}{export.key}/")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="prizmai-my-data-')
    assert zipfile.is_zipfile(io.BytesIO(b"".join(answer.streaming_content)))
    client.force_login(ada)
    assert client.get(f"{LISTED}{export.key}/").status_code == 404
    client.force_login(bob)
    client.post(f"{LISTED}{export.key}/discard/")
    assert client.get(f"{LISTED}{export.key}/").status_code == 404
