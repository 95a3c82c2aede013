"""Making something once in an empty database, and copying it for other tests: its rows, its files, its return value."""

import copy
import functools
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction

_left = {}  # {function: what it left}


class Left(NamedTuple):
    rows: dict
    files: dict
    returned: object


def copied(make):
    """What `make()` returns, with all that it does to the database and the files, which must be empty."""
    if connection.vendor != "sqlite":
        return make()
    assert not get_user_model().objects.exists(), "somebody is there already, whose rows would be doubled"
    if make not in _left:
        before, files_before, returned = _rows(), _files(), make()
        rows = {table: rows for table, rows in _rows().items() if rows != before[table]}
        files = {path: content for path, content in _files().items() if path not in files_before}
        _left[make] = Left(rows, files, copy.deepcopy(returned))
        return returned
    _brought_back(_left[make])
    return copy.deepcopy(_left[make].returned)


def _brought_back(left):
    with transaction.atomic():  # foreign keys are checked at its end, when all rows are there
        for table, rows in left.rows.items():
            columns = _tables()[table]
            names, values = ", ".join(columns), ", ".join("?" * len(columns))
            connection.connection.execute(f"DELETE FROM {table}")
            connection.connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({values})", rows)
    for path, content in left.files.items():
        (_folder() / path).parent.mkdir(parents=True, exist_ok=True)
        (_folder() / path).write_bytes(content)


def _rows():
    """{table: its rows} as they are stored: the plus sign keeps sqlite3 from converting values."""
    return {
        table: connection.connection.execute(f"SELECT +{', +'.join(columns)} FROM {table}").fetchall()
        for table, columns in _tables().items()
    }


@functools.cache
def _tables():
    """{table: its columns}, with sqlite_sequence, which holds the last id of each table."""
    named = [f'"{name}"' for name in connection.introspection.django_table_names(only_existing=True)]
    ask = connection.connection.execute
    return {
        table: [f'"{row[1]}"' for row in ask(f"PRAGMA table_info({table})")]
        for table in [*named, "sqlite_sequence"]
    }


def _files():
    paths = [path for path in _folder().rglob("*") if path.is_file()]
    return {path.relative_to(_folder()): path.read_bytes() for path in paths}


def _folder():
    return Path(settings.STORAGES["default"]["OPTIONS"]["location"])
