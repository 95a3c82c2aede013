"""What `manage.py` says of an installation that is not there, or not to be used: a sentence, and no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import ProgrammingError
from psycopg import errors

from operations import command_line
from operations.start.sorry import Sorry

ROOT = Path(__file__).resolve().parents[3]


def manage(data, *words, **environment):
    """(exit status, what it said)"""
    told = {"PATH": os.environ["PATH"], "PRIZMAI_DATA": str(data), **environment}
    done = subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=told, capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("words", [["invite"], ["audit"], ["createsuperuser", "--noinput"]])
def test_without_an_installation_nothing_is_made(tmp_path, words):
    status, told = manage(tmp_path / "data", *words)
    assert status == 1 and told.startswith(f"There is no installation in {tmp_path / 'data'}.\n")
    assert "PRIZMAI_DATA" in told and len(told.splitlines()) == 2
    assert not (tmp_path / "data").exists()


def test_the_server_of_developers_says_that_it_is_theirs(tmp_path):
    (tmp_path / "prizmai.sqlite3").touch()
    status, told = manage(tmp_path, "runserver", "no:port")
    assert status != 0 and told.startswith("`runserver` is for who changes the code")
    assert "start_prizmAI" in told and '"no:port" is not a valid port' in told
    assert "start_prizmAI" not in manage(tmp_path, "runserver", "no:port", RUN_MAIN="true")[1]


def test_a_folder_without_its_database_is_left_as_it_is(tmp_path):
    assert manage(tmp_path, "check_unread")[0] == 1
    elsewhere = f"sqlite:///{tmp_path}/elsewhere.sqlite3"
    assert manage(tmp_path, "check_unread", DATABASE_URL=elsewhere)[0] == 1
    assert not list(tmp_path.iterdir())


def test_a_folder_of_another_user_is_not_called_empty(tmp_path, monkeypatch):
    monkeypatch.setenv("PRIZMAI_DATA", str(tmp_path))
    monkeypatch.setattr("os.access", lambda path, rights: path != tmp_path)
    with pytest.raises(Sorry, match=f"This user may not use the data folder {tmp_path}") as told:
        command_line._need_one()
    assert "sudo -u" in told.value.cure


def test_a_database_without_tables_is_told_with_its_cure(tmp_path):
    (tmp_path / "prizmai.sqlite3").touch()
    status, told = manage(tmp_path, "audit")
    assert status == 1 and len(told.splitlines()) == 2
    assert f"{tmp_path}/prizmai.sqlite3) is not up to date" in told and "manage.py migrate" in told
    assert "Traceback" in manage(tmp_path, "audit", "--traceback")[1]


def test_a_database_that_is_away_is_told(tmp_path):
    status, told = manage(tmp_path, "audit", DATABASE_URL="postgres://ada:hush@127.0.0.1:1/chat")
    assert status == 1 and "Traceback" not in told and "hush" not in told
    assert "(postgresql 127.0.0.1:1/chat) cannot be used" in told


def test_settings_that_cannot_be_used_are_told(tmp_path):
    status, told = manage(tmp_path, "migrate", DEBUG="perhaps")
    assert (status, told) == (1, "The settings cannot be used: DEBUG is 'perhaps'; write 1 or 0.\n")


@pytest.mark.parametrize(
    ("cause", "lacks"),
    [(errors.UndefinedTable(), True), (errors.SyntaxError(), False)],
    ids=["table", "mistake"],
)
def test_postgresql_says_by_a_number_that_a_table_is_missing(cause, lacks):
    error = ProgrammingError("Es gibt sie nicht")
    error.__cause__ = cause
    assert command_line.is_to_be_told(error) is lacks
