"""A backup of an older version is brought up to this one, or leaves everything as it was and says what to do."""

import subprocess
import sys

import pytest

from ..fault.lab.house import SQLITE, House
from ..fault.lab.shelf import Shelf
from ..scene import Scene
from .terminal import PROJECT
from .test_backup_while_running import postgres  # noqa: F401 - SQLite and PostgreSQL

# As an update would have found it: sessions knew no browser then, and nothing could be searched for.
OLDER = """
from django.core.management import call_command
from django.db import connection

def older():
    for app in ("accounts", "operations", "messaging"):
        call_command("migrate", app, "0001", verbosity=0)

def ask(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
"""
MAKING = """
older()
call_command("backup", {good!r})
ask("CREATE TABLE messaging_draft (odd integer)")  # which the update means to make
call_command("backup", {odd!r})
ask("DROP TABLE messaging_draft")
call_command("migrate", verbosity=0)
"""
FINDING = """
from django.contrib.auth import get_user_model
from messaging.search.finding import search
print(len(search(get_user_model().objects.get(username="ada"), "zebra").hits))
"""


@pytest.fixture
def house(postgres):  # noqa: F811
    with House(postgres) as house:
        house.settle()
        house.scene = Scene(house.stage).is_set()
        yield house


@pytest.fixture
def archives(house):
    return {name: str(house.folder / f"{name}.tar.gz") for name in ("good", "odd")}


def manage(house, *words):
    python = [sys.executable, PROJECT / "manage.py", *words]
    return subprocess.run(python, env=house.env, capture_output=True, text=True)


def runs(house, script):
    done = manage(house, "shell", "--no-imports", "-c", script)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def say(house, text):
    room = house.scene.room()
    house.stage.ask("post", by=house.scene.ids["bob"], conversation_id=room.conversation_id, text=text)
    return room.conversation_id


def kept(house, *rooms):
    shelf = Shelf(house.database_url)
    return [row["text"] for room in rooms for row in shelf.kept(room)]


def sessions(house):
    asked = "from accounts.models import Session; print(list(Session.objects.values_list('pk', 'browser')))"
    return runs(house, asked)


def test_older_backups_are_brought_up_or_change_nothing(house, archives):
    rooms = [say(house, "A zebra of old")]
    runs(house, OLDER + MAKING.format(**archives))
    house.stage.ask("sign_in", user_id=house.scene.ids["ada"])
    signed_in = sessions(house)
    rooms.append(say(house, "Said after the update"))

    refused = manage(house, "restore", archives["odd"], "--force")
    assert refused.returncode == 1 and "Traceback" not in refused.stderr
    assert "Everything is as it was. Restore it into the version it is of" in refused.stderr
    assert kept(house, *rooms) == ["A zebra of old", "Said after the update"]
    assert sessions(house) == signed_in

    brought = manage(house, "restore", archives["good"], "--force")
    assert brought.returncode == 0, brought.stderr
    assert kept(house, *rooms) == ["A zebra of old"]
    assert len(signed_in) > 4 and sessions(house).count("(") == signed_in.count("(")
    assert manage(house, "migrate", "--check").returncode == 0
    assert runs(house, FINDING) == "1"  # of what this version knows and the older one did not
    say(house, "And it works")


@pytest.mark.parametrize("postgres", [SQLITE], indirect=True)  # it is refused before either is touched
def test_an_installation_that_is_behind_says_so_before_it_is_replaced(house, archives):
    room = say(house, "Kept")
    runs(house, f'{OLDER}\ncall_command("backup", {archives["good"]!r})\nolder()')
    refused = manage(house, "restore", archives["good"], "--force")
    assert refused.returncode == 1 and "manage.py migrate" in refused.stderr
    assert kept(house, room) == ["Kept"]
