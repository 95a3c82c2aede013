"""SQLite copied while it is used, and replaced while it is used: each at one moment, by its online backup."""

import contextlib
import sqlite3
import uuid

from django.db import connection

from .changes import changes_after
from .facts import gather
from .trouble import Trouble, of_the_database

PART = "database.sqlite3"
PATIENCE = 60  # seconds for others to finish writing
TABLES = """
    SELECT name FROM sqlite_master
    WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%'
"""  # an index for searching is a virtual table, and may not even be counted


@of_the_database()
def dump(path):
    """Copy the database to a file; its Facts."""
    path.unlink(missing_ok=True)
    with _open(_name()) as live, _open(path) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        return _facts(copy)


@of_the_database()
def facts():
    """Those of now."""
    with _open(_name()) as live:
        return _facts(live)


@of_the_database()
def restore(path, sessions, columns=()):
    """Put the copy in the place of the database in one transaction: whoever reads sees the old state or the new one."""
    connection.ensure_connection()  # lays down the file, in the mode we run it in
    connection.close()
    with _open(path) as copy, _open(_name()) as live:
        if copy.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise Trouble("The database in the archive is damaged.")
        copy.create_function("gen_random_uuid", 0, lambda: uuid.uuid4().hex)
        if sessions == "kept":
            copy.execute("ATTACH ? AS before", [_name()])
        for statement in changes_after(sessions, "before.", columns):
            copy.execute(statement)
        copy.commit()
        copy.backup(live)


def _facts(database):
    return gather(
        lambda sql: database.execute(sql).fetchall(), [name for (name,) in database.execute(TABLES)]
    )


def _name():
    return str(connection.settings_dict["NAME"])


def _open(path):
    return contextlib.closing(sqlite3.connect(path, timeout=PATIENCE))
