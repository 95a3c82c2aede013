"""Nobody else with an account on the machine reads what people said: the folders and files are their owner's alone."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from kanban_board import environment
from operations.doctor import data
from operations.start import folder

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="rights are others there")


def rights(path):
    return path.stat().st_mode & 0o777


@pytest.fixture(autouse=True)
def careless():
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def reachable():
    """A folder that a stranger can come to, which pytest's own are not."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name)
        path.chmod(0o755)
        yield path


def test_the_data_folder_is_made_for_its_owner_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("PRIZMAI_DATA", str(tmp_path / "by-settings"))
    assert rights(environment.folder("PRIZMAI_DATA", "")) == 0o700
    folder.make(tmp_path / "by-launcher")
    assert rights(tmp_path / "by-launcher") == 0o700


def test_a_database_in_an_open_folder_is_closed_itself(tmp_path):
    tmp_path.chmod(0o755)
    told = {"PATH": os.environ["PATH"], "PRIZMAI_DATA": str(tmp_path)}
    command = [sys.executable, "manage.py", "migrate", "contenttypes", "-v0"]
    subprocess.run(command, cwd=ROOT, env=told, check=True)
    assert rights(tmp_path / "prizmai.sqlite3") == 0o600


def test_uploaded_files_are_closed_to_others(tmp_path):
    FileSystemStorage(tmp_path / "media").save("of/ada.txt", ContentFile("Hello"))
    assert rights(tmp_path / "media/of/ada.txt") == 0o600
    assert rights(tmp_path / "media/of") == 0o700


def found_in(path):
    class Place:
        data = path

    return list(data.check(Place))


def test_an_older_folder_that_is_open_is_found_with_its_cure(reachable):
    (found,) = found_in(reachable)
    assert found.ok is False and found.cure == f"Close it: chmod 700 {reachable}"
    reachable.chmod(0o700)
    assert not found_in(reachable)


def test_an_open_folder_in_a_closed_one_is_as_closed(reachable):
    (reachable / "data").mkdir(mode=0o755)
    assert found_in(reachable / "data")
    reachable.chmod(0o700)
    assert not found_in(reachable / "data")


def test_a_folder_of_another_user_is_found_with_its_cure(reachable, monkeypatch):
    reachable.chmod(0o700)
    monkeypatch.setattr("os.access", lambda path, rights: path != reachable)
    (found,) = found_in(reachable)
    assert (
        found.ok is False and found.what == f"This user may not use {reachable}." and "sudo -u" in found.cure
    )
