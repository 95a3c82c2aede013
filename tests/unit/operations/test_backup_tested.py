"""A backup is good once it was brought back: that is done, seen to be whole, and written down."""

import os
import subprocess
import sys
from collections import namedtuple
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from operations import backup
from operations.backup import proof, recording, testing
from operations.backup.facts import Facts
from operations.backup.trouble import Trouble
from operations.models import Backup

from ...fault.lab.tables import copy_tables

ROOT = Path(__file__).parents[3]
MANIFEST = {
    "counts": {"messaging_message": 12},
    "missing": [],
    "parts": {"database.sqlite3": {"size": 1_000_000}},
}


# -- a real one ------------------------------------------------------------------------------------------------------


@pytest.fixture
def installation(tmp_path):
    """A function that runs `manage.py` in an installation of its own."""
    environment = {"PATH": os.environ["PATH"], "PRIZMAI_DATA": str(tmp_path / "data")}

    def manages(*words):
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    copy_tables(tmp_path / "data")
    assert manages("demo")[0] == 0
    return manages


RECORDED = (
    "from operations.models import Backup as B; print(*B.objects.values_list('messages', 'failure')[0])"
)


ALIVE = "from operations.models import Heartbeat as H; H.note('worker')"


def test_a_backup_is_brought_back_and_a_broken_one_is_not(installation, tmp_path):
    """Also one of an installation that runs: its signs of life are not brought back, and not missed."""
    archive = tmp_path / "backup.tar.gz"
    assert installation("shell", "-v0", "-c", ALIVE)[0] == 0
    status, told = installation("backup", str(archive), "--test")
    assert status == 0 and "brought back whole" in told
    assert int(installation("shell", "-v0", "-c", RECORDED)[1].split()[0]) > 20
    whole = archive.read_bytes()
    environment = {"PATH": os.environ["PATH"], "PRIZMAI_DATA": str(tmp_path / "other")}
    archive.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Trouble, match="cut short"):
        testing._prove(archive, environment)
    assert {one.name for one in tmp_path.iterdir()} == {"data", "backup.tar.gz", "other"}


# -- what is compared ------------------------------------------------------------------------------------------------


@pytest.fixture
def rows_agree(monkeypatch):
    monkeypatch.setattr(proof, "_see_that_rows_agree", lambda: None)
    monkeypatch.setattr(proof, "_lost", lambda files: [path for path, size in files.items() if size == 0])


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (Facts({"messaging_message": 11}, [], {}), "messaging_message has 11 rows instead of 12"),
        (Facts({}, [], {}), "0 rows instead of 12"),
        (Facts({"messaging_message": 12}, [], {"a": 0, "b": 0}), "2 files are not there, such as a"),
    ],
)
def test_what_is_lacking_is_told(rows_agree, facts, told):
    with pytest.raises(Trouble, match=told):
        proof._compare(MANIFEST, facts)


def test_what_was_lost_before_and_what_came_since_is_no_fault_of_the_backup(rows_agree):
    proof._compare(MANIFEST | {"missing": ["a"]}, Facts({"messaging_message": 13}, [], {"a": 0, "b": 1}))


def test_too_little_room_is_told(tmp_path, monkeypatch):
    room = namedtuple("usage", "free")(1_900_000)
    monkeypatch.setattr("shutil.disk_usage", lambda _: room)
    with pytest.raises(Trouble, match="needs 2 MB beside it, and 1 MB are free"):
        testing.bring_back(tmp_path / "b.tar.gz", MANIFEST)


def test_a_database_that_may_not_be_made_is_told(monkeypatch):
    def refuses(*_):
        raise DatabaseError("permission denied to create database\n")

    monkeypatch.setattr("django.db.connection.cursor", refuses)
    monkeypatch.setitem(connection.settings_dict, "USER", "prizmai")
    with pytest.raises(Trouble, match=r"\(permission denied .*ALTER ROLE prizmai CREATEDB"):
        testing._run("CREATE DATABASE x")


# -- what is written down --------------------------------------------------------------------------------------------


@pytest.fixture
def makes(monkeypatch, tmp_path):
    """Backups are made and tested with this outcome."""

    def fate(made=None, tested=None):
        def make(path):
            if made:
                raise made
            path.write_bytes(b"archive")
            return MANIFEST

        def bring_back(path, manifest):
            if tested:
                raise tested

        monkeypatch.setattr(recording, "make", make)
        monkeypatch.setattr(recording, "bring_back", bring_back)
        return str(tmp_path / "b.tar.gz")

    return fate


@pytest.mark.django_db
def test_one_that_was_brought_back(makes):
    told = StringIO()
    call_command("backup", makes(), "--test", stdout=told)
    kept = Backup.objects.get()
    assert kept.is_proven and kept.at < kept.tested_at and (kept.size, kept.messages) == (7, 12)
    assert "brought back whole" in told.getvalue()


@pytest.mark.django_db
def test_one_that_was_not_tried(makes):
    told = StringIO()
    call_command("backup", makes(tested=Trouble("never called")), stdout=told)
    kept = Backup.objects.get()
    assert kept.was_made and not kept.is_proven and "brought back" not in told.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("error", [Trouble("it is damaged"), OSError(28, "No space left on device")])
def test_one_that_could_not_be_brought_back(makes, error):
    with pytest.raises(CommandError, match="It could not be brought back"):
        call_command("backup", makes(tested=error), "--test", stdout=StringIO())
    kept = Backup.objects.get()
    assert kept.was_made and kept.tested_at and kept.failure == str(error)


@pytest.mark.django_db
@pytest.mark.parametrize("error", [Trouble("pg_dump is not on this machine"), OSError(13, "Denied")])
def test_one_that_could_not_be_made(makes, error):
    with pytest.raises(CommandError):
        call_command("backup", makes(made=error), "--test")
    kept = Backup.objects.get()
    assert not kept.was_made and kept.tested_at is None and kept.failure == str(error)


@pytest.mark.django_db
def test_a_backup_that_cannot_be_written_down_is_one_all_the_same(makes, monkeypatch, caplog):
    def refuses(**_):
        raise DatabaseError("no such table")

    monkeypatch.setattr(Backup.objects, "create", refuses)
    assert backup.make_recorded(makes()) == (MANIFEST, None)
    assert "could not be written down: no such table" in caplog.text
