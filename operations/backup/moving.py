"""What SQLite held, moved row by row into a PostgreSQL in which nobody is yet: an installation that has grown."""

import contextlib
import os
import subprocess
import sys
from itertools import islice
from pathlib import Path

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, connections, transaction

from kanban_board.database import kept_at, sqlite_at

from .ages import bring_up
from .changes import changes_after
from .trouble import Trouble, of_the_database

PROJECT = Path(__file__).resolve().parents[2]
OLD = "old"  # how Django calls the database that is moved
AT_ONCE = 500  # rows
UNHURRIED = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"


@of_the_database()
def move(path, sessions):
    """Raises Trouble, and then ours has its tables and nothing in them. The file at `path` is changed."""
    from messaging.search import index

    _bring_up(path)
    bring_up()
    with _opened(path), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(UNHURRIED)
        index.remove()
        _move_rows(cursor)
        index.build()
        for statement in changes_after(sessions):
            cursor.execute(statement)
        connection.check_constraints()


def _bring_up(path):
    """By a process of its own: some migrations know one database only."""
    own = {"PRIZMAI_DATA": str(path.with_name("moving")), "DATABASE_URL": sqlite_at(path)}
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--no-input", "-v0"],
        cwd=PROJECT,
        env={**os.environ, **own},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        told = (done.stderr.strip().splitlines() or ["nothing"])[-1]
        raise Trouble(f"The database in the archive could not be brought up to this version: {told}")


@contextlib.contextmanager
def _opened(path):
    known = connections.configure_settings({"default": {}, OLD: kept_at(sqlite_at(path))})
    connections.settings[OLD] = known[OLD]
    try:
        yield
    finally:
        connections[OLD].close()
        del connections[OLD], connections.settings[OLD]


def _move_rows(cursor):
    """In any order: who names whom is looked at when all are there."""
    models = [one for one in apps.get_models(include_auto_created=True) if not one._meta.proxy]
    tables = [model._meta.db_table for model in models]
    for statement in connection.ops.sql_flush(
        no_style(), tables
    ):  # of kinds and rights, which a migration makes
        cursor.execute(statement)
    for model in models:
        _move_rows_of(model)
    for statement in connection.ops.sequence_reset_sql(no_style(), models):
        cursor.execute(statement)


def _move_rows_of(model):
    """As they are: no moment is set anew, and nobody is told."""
    rows = model._base_manager.using(OLD).order_by("pk").iterator(AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        model._base_manager._insert(some, model._meta.local_concrete_fields, using="default", raw=True)
