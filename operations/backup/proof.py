"""`python -m operations.backup.proof FILE`, in an installation made for it: a backup is brought back, and compared with
what it promises. Exit status 1, with the reason in the last line, when something is not as promised.
"""

import os
import sys

import django
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection

from . import database, signs_of_life
from .restoring import restore
from .trouble import Trouble


def prove(path):
    manifest, _ = restore(path)
    _compare(manifest, database.chosen().facts())


def _compare(manifest, facts):
    """A restore may add rows of its own, for what is to be made anew; it must not lack any but signs of life."""
    ended = {model._meta.db_table for model in signs_of_life.models()}
    for table, promised in manifest["counts"].items():
        found = facts.counts.get(table, 0)
        if found < promised and table not in ended:
            raise Trouble(f"The table {table} has {found} rows instead of {promised}.")
    lost = set(_lost(facts.files)) - set(manifest["missing"])
    if lost:
        raise Trouble(f"{len(lost)} files are not there, such as {min(lost)}.")
    _see_that_rows_agree()


def _lost(files):
    for path, size in files.items():
        if not default_storage.exists(path) or size not in (None, default_storage.size(path)):
            yield path


def _see_that_rows_agree():
    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise Trouble(f"Rows name others that are not there: {error}") from error


def main(path):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kanban_board.settings")
    django.setup()
    try:
        prove(path)
    except (Trouble, OSError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(*sys.argv[1:])
