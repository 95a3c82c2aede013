"""A backup is brought back whole or not at all, and says why not."""

import io
import json
import os
import signal
import tarfile
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from operations.backup import Trouble, making, postgres, restoring, sqlite
from operations.backup.archive import MANIFEST, Archive, unpack
from operations.backup.facts import Facts, gather
from operations.models import Backup, Heartbeat


@pytest.fixture
def path(tmp_path):
    return tmp_path / "backup.tar.gz"


@pytest.fixture
def shelf(tmp_path):
    return tmp_path / "shelf"


def pack(path, **parts):
    with Archive(path) as archive:
        for name, content in parts.items():
            archive.add(name.replace("__", "/"), io.BytesIO(content), len(content))
        archive.finish({"product": "PrizmAI Messaging"})


def pack_by_hand(path, *entries):
    with tarfile.open(path, "w:gz") as tar:
        for name, content in entries:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))


def test_what_was_put_in_comes_out(path, shelf):
    pack(path, secret_key=b"hush", media__attachments__ab=b"\x00" * 3_000_000)
    manifest = unpack(path, shelf)
    assert set(manifest["parts"]) == {"secret_key", "media/attachments/ab"}
    assert (shelf / "media/attachments/ab").read_bytes() == b"\x00" * 3_000_000
    assert path.stat().st_mode & 0o077 == (shelf / "secret_key").stat().st_mode & 0o077 == 0


def test_a_backup_that_fails_leaves_the_one_before(path):
    path.write_bytes(b"yesterday's")
    with pytest.raises(RuntimeError), Archive(path) as archive:
        archive.add("secret_key", io.BytesIO(b"hush"), 4)
        raise RuntimeError
    assert path.read_bytes() == b"yesterday's"
    assert [found.name for found in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_a_backup_takes_the_place_of_no_device(path, make):
    make(path)
    with pytest.raises(FileExistsError, match="no file"), Archive(path):
        pytest.fail("It was begun.")
    assert not path.is_file() and [*path.parent.iterdir()] == [path]


def test_every_way_to_be_cut_short_is_noticed(path, shelf):
    pack(path, secret_key=b"hush", media__a=bytes(range(256)) * 40)
    whole = path.read_bytes()
    unpack(path, shelf)
    for length in range(0, len(whole) - 64, 7):  # the very last bytes say only that nothing follows
        path.write_bytes(whole[:length])
        with pytest.raises(Trouble, match="cut short"):
            unpack(path, shelf / str(length))


def test_a_part_that_is_another_one_is_noticed(path, shelf):
    manifest = json.dumps({"parts": {"secret_key": {"size": 4, "sha256": "0" * 64}}}).encode()
    pack_by_hand(path, ("secret_key", b"hush"), (MANIFEST, manifest))
    with pytest.raises(Trouble, match="damaged: secret_key"):
        unpack(path, shelf)


def test_a_part_nobody_promised_is_noticed(path, shelf):
    pack_by_hand(path, ("media/more", b"x"), (MANIFEST, b'{"parts": {}}'))
    with pytest.raises(Trouble, match="damaged: media/more"):
        unpack(path, shelf)


@pytest.mark.parametrize(
    "name", ["../outside", "/etc/outside", "media/../../outside", "else/where", "media\\.."]
)
def test_nothing_is_laid_outside(path, shelf, name):
    pack_by_hand(path, (name, b"x"), (MANIFEST, b'{"parts": {}}'))
    with pytest.raises(Trouble, match="no backup of ours"):
        unpack(path, shelf)
    assert not list(path.parent.rglob("*outside*"))


def test_what_is_no_archive_is_told(path, shelf):
    path.write_bytes(b"CREATE TABLE")
    with pytest.raises(Trouble, match="no backup"):
        unpack(path, shelf)
    with pytest.raises(Trouble, match="There is no file"):
        unpack(path.with_name("nowhere"), shelf)


WELL = {"product": "PrizmAI Messaging", "version": making.VERSION, "database": "sqlite", "migrations": []}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("manifest", "told"),
    [
        (WELL | {"product": "Another"}, "another product"),
        (WELL | {"version": 99}, "version"),
        (WELL | {"database": "postgresql"}, "same kind of database"),
        (WELL | {"migrations": [["messaging", "9999_of_the_future"]]}, "newer version.*9999_of_the_future"),
    ],
)
def test_what_cannot_be_restored_here_is_told(manifest, told, monkeypatch):
    monkeypatch.setattr("django.db.connection.vendor", "sqlite", raising=False)
    with pytest.raises(Trouble, match=told):
        restoring._check(manifest, empty=True)
    restoring._check(WELL, empty=False)


@pytest.mark.django_db
def test_what_moves_to_postgresql_replaces_nothing_there(monkeypatch):
    monkeypatch.setattr("django.db.connection.vendor", "postgresql", raising=False)
    restoring._check(WELL, empty=True)
    with pytest.raises(Trouble, match="nobody uses yet"):
        restoring._check(WELL, empty=False)


@pytest.mark.django_db
def test_an_installation_in_use_is_not_replaced_by_mistake(path, django_user_model):
    django_user_model.objects.create_user("ada")
    pack(path)
    with pytest.raises(CommandError, match="--force"):
        call_command("restore", str(path))


class Dumps:
    """A database whose attachments are those of each dump in turn."""

    def __init__(self, *files):
        self._files, self.made = list(files), 0

    def dump(self, path):
        self.made += 1
        return Facts({}, [], self._files[min(self.made, len(self._files)) - 1])


@pytest.fixture
def storage(settings, tmp_path):
    from django.core.files.storage import default_storage

    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "media"},
        },
    }
    return default_storage


def keep(storage, name, content=b"four"):
    from django.core.files.base import ContentFile

    storage.save(name, ContentFile(content))


def test_a_file_swept_away_meanwhile_is_not_named_by_the_next_dump(storage, path):
    keep(storage, "stays")
    dumps = Dumps({"stays": 4, "swept": 4}, {"stays": 4})
    with Archive(path) as archive:
        facts, missing = making._database_and_files(archive, dumps, path)
        assert set(archive.parts) == {"media/stays"}
    assert (facts.files, missing, dumps.made) == ({"stays": 4}, [], 2)


def test_a_file_that_is_lost_is_told_and_hinders_nothing(storage, path):
    keep(storage, "cut", b"3!!")
    dumps = Dumps({"cut": 4, "lost": 4})
    with Archive(path) as archive:
        assert making._database_and_files(archive, dumps, path)[1] == ["cut", "lost"]
    assert dumps.made == 2


def test_files_whose_size_no_row_tells_are_taken_as_they_are(storage, path, shelf):
    keep(storage, "face", b"a face")
    with Archive(path) as archive:
        assert making._database_and_files(archive, Dumps({"face": None, "lost": None}), path)[1] == ["lost"]
        archive.finish({})
    unpack(path, shelf)
    assert (shelf / "media/face").read_bytes() == b"a face"


UPDATED = [["accounts", "0002_faces_and_browsers"], ["messaging", "0015_link_previews"]]


@pytest.mark.parametrize("updated", [True, False])
def test_faces_and_other_pictures_are_named_once_there_are_such(updated):
    """An installation is backed up before it is updated, too."""
    applied = UPDATED if updated else [[app, "0001_initial"] for app, _ in UPDATED]
    answers = {
        "SELECT app, name": applied,
        "SELECT key, size": [("abc", 4), ("xyz", 5)],
        "SELECT key FROM": [("xyz",)],
        "SELECT avatar": [("facekey",)],
    }
    asked = []

    def ask(sql):
        asked.append(sql)
        return next(rows for words, rows in answers.items() if sql.startswith(words))

    files = gather(ask, []).files
    own = {"attachments/ab/abc": 4, "attachments/xy/xyz": 5}
    faces = ("faces/fa/facekey-64.webp", "faces/fa/facekey-256.webp")
    pictures = ("attachments/xy/xyz.small", *faces, "previews/xy/xyz.webp")
    assert files == own | (dict.fromkeys(pictures) if updated else {})
    assert any("avatar" in sql for sql in asked) is any("thumbnail_at" in sql for sql in asked) is updated


@pytest.mark.django_db
def test_missing_programs_of_postgresql_are_told(monkeypatch):
    monkeypatch.setattr("django.db.connection.pg_version", 150_000, raising=False)
    monkeypatch.setattr("shutil.which", lambda name, path=None: None)
    with pytest.raises(Trouble, match="pg_dump is not on this machine.*postgresql-client"):
        postgres._program("pg_dump")


@pytest.mark.django_db
def test_a_database_that_cannot_be_read_is_told_and_written_down(tmp_path, path, monkeypatch):
    broken = tmp_path / "broken.sqlite3"
    broken.write_bytes(b"no database at all, but long enough" * 40)
    monkeypatch.setattr(sqlite, "_name", lambda: str(broken))
    monkeypatch.setattr(making.database, "chosen", lambda: sqlite)
    monkeypatch.setattr(connection, "vendor", "sqlite")
    with pytest.raises(CommandError, match="file is not a database. The file is broken"):
        call_command("backup", str(path))
    assert "file is not a database" in Backup.objects.get().failure


class Ended:
    """A database during whose dump the command is told to end."""

    PART = "database.part"

    def dump(path):
        path.write_bytes(b"half of it")
        os.kill(os.getpid(), signal.SIGTERM)


@pytest.mark.django_db
def test_a_backup_that_is_ended_leaves_nothing_and_neither_does_one_that_was_killed(path, monkeypatch):
    left = path.with_name(f".backup-{path.name}")
    left.mkdir()
    (left / "database.part").write_bytes(b"a third of it")
    monkeypatch.setattr(making.database, "chosen", lambda: Ended)
    before = signal.signal(signal.SIGTERM, lambda *_: pytest.fail("This would have killed it."))
    try:
        with pytest.raises(SystemExit):
            call_command("backup", str(path))
    finally:
        signal.signal(signal.SIGTERM, before)
    assert [*path.parent.iterdir()] == []
    assert Backup.objects.get().failure == "It was ended before it was done."


@pytest.mark.django_db
def test_what_a_restore_left_that_was_killed_goes_with_the_next(path, tmp_path, settings):
    settings.DATA_FOLDER = tmp_path / "data"
    (settings.DATA_FOLDER / ".restore" / "media").mkdir(parents=True)
    path.write_bytes(b"no archive")
    with pytest.raises(CommandError, match="no backup"):
        call_command("restore", str(path))
    assert [*settings.DATA_FOLDER.iterdir()] == []


@pytest.fixture
def runs(db):
    """A function that writes down that this part runs, and when it last said so."""

    def says_so(name, at):
        Heartbeat.objects.update_or_create(name=name, defaults={"at": at})

    return says_so


def test_a_restore_takes_nobodys_sign_of_life_and_brings_none_back(
    runs, monkeypatch, path, settings, tmp_path
):
    settings.DATA_FOLDER = tmp_path
    now = timezone.now()
    runs("beat", now - timedelta(seconds=5))
    runs("worker", now - timedelta(seconds=20))

    def put_in_its_place(*told):
        Heartbeat.objects.all().delete()
        for name in ("beat", "worker", "beat that is long gone"):
            runs(name, now - timedelta(days=2))
        runs("worker", now + timedelta(seconds=1))  # it goes on meanwhile

    told = {"database": connection.vendor, "migrations": []}
    monkeypatch.setattr(restoring, "unpack", lambda *_: told)
    monkeypatch.setattr(restoring, "_check", lambda *_: None)
    monkeypatch.setattr(restoring, "_replace", put_in_its_place)
    restoring.restore(path, force=True)
    assert dict(Heartbeat.objects.values_list("name", "at")) == {
        "beat": now - timedelta(seconds=5),
        "worker": now + timedelta(seconds=1),
    }
