"""Testing a backup: it is brought back into an installation made for that, which is compared with what it promises.

By programs of its own, as after a disaster: nothing of the running installation is touched, or could help out.
"""

import contextlib
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection

from kanban_board.database import FILE, sqlite_at

from .meanwhile import folder_at
from .trouble import Trouble

PROJECT = Path(__file__).resolve().parents[2]


def bring_back(path, manifest):
    """Raises Trouble with what is wrong with the backup, or what hinders the test."""
    path = Path(path).expanduser().absolute()
    _see_that_there_is_room(path.parent, manifest)
    with folder_at(path.parent / ".backup-test") as folder, _database(folder) as url:
        _prove(path, _environment(folder, url))


def _see_that_there_is_room(folder, manifest):
    needed = 2 * sum(part["size"] for part in manifest["parts"].values())  # unpacked, then laid in its place
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Trouble(
            f"Testing it needs {needed // 1_000_000} MB beside it, and {free // 1_000_000} MB are free."
        )


@contextlib.contextmanager
def _database(folder):
    """The address of an empty one."""
    if connection.vendor != "postgresql":
        yield sqlite_at(folder / FILE)
        return
    name = f"{connection.settings_dict['NAME']}_backup_test"
    _run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    _run(f'CREATE DATABASE "{name}"')
    try:
        yield urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}").geturl()
    finally:
        _run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _run(statement):
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        role = connection.settings_dict["USER"] or "<its user>"
        raise Trouble(
            f"No database could be made to test it in ({str(error).strip()}). "
            f"Allow it: ALTER ROLE {role} CREATEDB, as an administrator of PostgreSQL."
        ) from error


def _environment(folder, url):
    """No secret key of its own is told: it is to come from the backup, unless it never was in it."""
    own = {"PRIZMAI_DATA": str(folder), "DATABASE_URL": url, "INSTALLATION": f"test-{secrets.token_hex(4)}"}
    return {**os.environ, **own}


def _prove(path, environment):
    done = subprocess.run(
        [sys.executable, "-m", "operations.backup.proof", str(path)],
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Trouble((done.stderr.strip().splitlines() or ["the test ended without a word"])[-1])
