"""The tables as the migrations make them: made once for each database, and copied for whoever needs some.

To migrate takes seconds, and dozens of installations begin with it.
"""

import atexit
import functools
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from .part import ROOT
from .postgres import Postgres

NAME = "prizmai.sqlite3"
TABLES = "tables"  # the database of PostgreSQL that is a template for others


def copy_tables(folder):
    """A database of SQLite with nothing in it, in the data folder of an installation."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(_made_once(_in_sqlite) / NAME, folder / NAME)


def copy_cluster(folder):
    """The data of a PostgreSQL that is not running yet, with the template in it."""
    subprocess.run(["cp", "-a", _made_once(_in_postgres) / "postgres", folder], check=True)


@functools.cache
def _made_once(make):
    """Its folder. All processes of one run of the tests share what PRIZMAI_TABLES names."""
    kept = Path(os.environ.get("PRIZMAI_TABLES") or _own_folder()) / make.__name__
    if not kept.exists():
        own = Path(tempfile.mkdtemp(prefix="prizmai-lab-"))
        make(own)
        _put(own, kept)
    return kept


@functools.cache
def _own_folder():
    folder = tempfile.mkdtemp(prefix="prizmai-lab-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _put(own, kept):
    """Whoever else makes it at the same time makes the same."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    try:
        own.rename(kept)
    except OSError:
        shutil.rmtree(own)


def _in_sqlite(folder):
    _migrate(folder)


def _in_postgres(folder):
    server = Postgres(folder).start().wait()
    _migrate(folder, DATABASE_URL=server.new_database(TABLES))
    server.stop()


def _migrate(folder, **environment):
    environment |= {"PATH": os.environ["PATH"], "PRIZMAI_DATA": str(folder)}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
