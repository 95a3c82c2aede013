"""What is taken out is all there is, at one moment, and nobody's secret."""

import json
import threading
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from boards.actions import add_item, create_label, edit_item, edit_task
from messaging.actions import delete_message, edit_message, keep_upload, pin, react
from messaging.export import records
from messaging.models import Attachment

from ..conftest import say

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def talk(ada, bob, board, hangar, cockpit, engine, direct):
    """One message with everything that can hang on it, one of each other conversation, and a deleted one."""
    upload = keep_upload(conversation_id=hangar.pk, by=ada, name="wing: plan?.txt", chunks=[b"the plan"])
    first = say(ada, hangar, "Hello @bob", attachments=[upload.pk])
    plain = say(bob, hangar, "Helo", reply_to=first.pk)
    about = {"conversation_id": hangar.pk}
    edit_message(**about, by=bob, message_id=plain.pk, body="Hello **you**")
    react(**about, by=bob, message_id=first.pk, emoji="👍", on=True)
    pin(**about, by=ada, message_id=first.pk, on=True)
    gone = say(ada, hangar, "never mind")
    delete_message(**about, by=ada, message_id=gone.pk)
    label = create_label(by=ada, board_id=board.pk, name="Urgent", colour="red")
    edit_task(by=ada, task_id=engine.task_id, description="It stutters.")
    engine.task.labels.add(label)
    spark = add_item(by=ada, task_id=engine.task_id, text="Spark")
    edit_item(by=ada, task_id=engine.task_id, item_id=spark.pk, is_done=True)
    say(bob, engine, "It stutters.")
    say(ada, cockpit, "between us")
    say(ada, direct, "between the two of us")
    return first, plain, gone


def exported(path, *flags):
    out = StringIO()
    call_command("export", str(path), *flags, stdout=out)
    return out.getvalue()


def lines(path, name):
    return [json.loads(line) for line in (path / f"{name}.jsonl").read_text().splitlines()]


def test_everything_is_there(tmp_path, ada, bob, board, engine, talk):
    folder = tmp_path / "out"
    exported(folder)
    (told,) = [one for one in lines(folder, "messages") if one["id"] == talk[0].pk]
    assert (told["text"], told["author"], told["mentions"]) == ("Hello @bob", ada.pk, [bob.pk])
    assert told["reactions"] == [{"person": bob.pk, "emoji": "👍"}] and told["pinned"]["person"] == ada.pk
    path = told["files"][0]["path"]
    assert path.endswith("-wing_ plan_.txt") and (folder / path).read_bytes() == b"the plan"
    (answer,) = [one for one in lines(folder, "messages") if one["id"] == talk[1].pk]
    assert (answer["reply_to"], answer["earlier"][0]["text"]) == (talk[0].pk, "Helo")
    assert "<strong>you</strong>" in answer["html"] and answer["edited_at"].endswith("Z")
    (gone,) = [one for one in lines(folder, "messages") if one["id"] == talk[2].pk]
    assert gone["text"] == "" and gone["deleted_at"]
    (card,) = lines(folder, "cards")
    assert (card["title"], card["description"], len(card["labels"])) == ("Engine", "It stutters.", 1)
    assert card["checklist"] == [{"text": "Spark", "is_done": True}]
    (told_board,) = lines(folder, "boards")
    assert [column["title"] for column in told_board["columns"]] == ["To do", "Doing", "Done"]
    assert {"person": ada.pk, "role": "owner"} in told_board["members"]
    assert {one["username"] for one in lines(folder, "people")} == {"ada", "bob", "gus", "vera"}
    assert json.loads((folder / "export.json").read_text())["counts"]["cards"] == 1


def test_private_talk_is_in_it_only_where_the_host_says_so(tmp_path, cockpit, direct, talk):
    assert "are not in it" in exported(tmp_path / "open")
    exported(tmp_path / "all", "--with-private")
    every = {"open": False, "all": True}
    for name, is_there in every.items():
        said = (tmp_path / name / "messages.jsonl").read_text()
        assert ("between us" in said, "between the two of us" in said) == (is_there, is_there)
        ids = {one["id"] for one in lines(tmp_path / name, "conversations")}
        assert ({cockpit.pk, direct.pk} <= ids) is is_there
        assert ("Cockpit" in (tmp_path / name / "conversations.jsonl").read_text()) is is_there


def test_no_secret_is_in_it(tmp_path, ada, hangar, talk):
    ada.set_password("correct horse battery")
    ada.save()
    exported(tmp_path / "out", "--with-private")
    whole = "".join(path.read_text() for path in (tmp_path / "out").glob("*.json*"))
    assert ada.password not in whole and "password" not in whole and "session" not in whole
    assert Attachment.objects.get().key not in whole


def test_a_zip_holds_the_same_and_appears_when_it_is_whole(tmp_path, talk, monkeypatch):
    path = tmp_path / "out.zip"
    with monkeypatch.context() as failing, pytest.raises(ZeroDivisionError):
        failing.setattr(records, "person", lambda user: 1 / 0)
        exported(path)
    assert [*tmp_path.iterdir()] == []
    assert f"{path} holds people: 4, boards: 1, cards: 1, " in exported(path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert {"README.txt", "export.json", "messages.jsonl"} <= set(archive.namelist())


@pytest.mark.parametrize("make", [Path.mkdir, Path.touch], ids=["folder", "file"])
def test_a_zip_that_is_there_is_left_alone(tmp_path, talk, make):
    make(tmp_path / "out.zip")
    before = (tmp_path / "out.zip").stat()
    with pytest.raises(CommandError, match="there already"):
        exported(tmp_path / "out.zip")
    assert (tmp_path / "out.zip").stat() == before


def test_a_folder_that_holds_something_is_left_alone(tmp_path, talk):
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(CommandError, match="not empty"):
        exported(tmp_path)


def test_however_much_there_is_little_is_held(tmp_path, ada, hangar, monkeypatch):
    monkeypatch.setattr(records, "AT_ONCE", 10)
    for n in range(25):
        say(ada, hangar, f"message {n}")
    held = []
    messages = records.messages
    monkeypatch.setattr(records, "messages", lambda rows: held.append(len(rows)) or messages(rows))
    exported(tmp_path / "out")
    texts = [one["text"] for one in lines(tmp_path / "out", "messages")]
    assert [text for text in texts if text.startswith("message")] == [f"message {n}" for n in range(25)]
    assert max(held) == 10


@pytest.mark.skipif(connection.vendor == "sqlite", reason="In memory there is one connection.")
def test_what_is_said_meanwhile_is_not_in_it(tmp_path, ada, hangar, monkeypatch):
    say(ada, hangar, "before")
    person = records.person

    def speaks_elsewhere(user):
        thread = threading.Thread(target=lambda: (say(ada, hangar, "meanwhile"), connection.close()))
        thread.start()
        thread.join()
        return person(user)

    monkeypatch.setattr(records, "person", speaks_elsewhere)
    exported(tmp_path / "out")
    said = (tmp_path / "out" / "messages.jsonl").read_text()
    assert "before" in said and "meanwhile" not in said
    assert hangar.messages.filter(body="meanwhile").exists()


def idle_limit():
    with connection.cursor() as cursor:
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        return cursor.fetchone()[0]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets a reader take any time.")
def test_files_may_take_longer_than_a_page_may(tmp_path, talk, monkeypatch):
    while_a_file_is_written, path_of = [], records.path_of

    def looks(attachment):
        while_a_file_is_written.append(idle_limit())
        return path_of(attachment)

    monkeypatch.setattr(records, "path_of", looks)
    before = idle_limit()
    exported(tmp_path / "out")
    assert before == idle_limit() == "30s" and set(while_a_file_is_written) == {"0"}


def test_a_database_that_goes_away_is_told_in_a_sentence(tmp_path, talk, monkeypatch):
    def is_gone(user):
        raise OperationalError("the connection is lost\nDETAIL: it was cut")

    monkeypatch.setattr(records, "person", is_gone)
    with pytest.raises(CommandError, match="database cannot be read: the connection is lost$"):
        exported(tmp_path / "out.zip")
    assert [*tmp_path.iterdir()] == []
