"""PostgreSQL dumped while it is used, and replaced while it is used: each at one moment, by its own programs."""

import os
import shutil
import subprocess
from functools import partial
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from .changes import changes_after
from .facts import gather
from .trouble import Trouble, of_the_database

PART = "database.dump"
TRIES = 3  # when others are in the way: the server ends one of two that wait for each other
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
# The search index is kept by some; the dump brings its own.
DROP_FUNCTIONS = """
    DO $$ DECLARE one regprocedure; BEGIN
        FOR one IN SELECT oid FROM pg_proc WHERE pronamespace = current_schema()::regnamespace AND prokind = 'f'
            AND proowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)
            AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
        LOOP EXECUTE 'DROP FUNCTION ' || one || ' CASCADE'; END LOOP;
    END $$;
"""
SEEN_BY_THE_DUMP = """
    SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;
    SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0;
"""


@of_the_database()
def dump(path):
    """Dump the database to a file; the Facts of the very moment it shows."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SEEN_BY_THE_DUMP)
        [(moment,)] = _rows(cursor, "SELECT pg_export_snapshot()")
        form = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}"]
        _run("pg_dump", [*form, f"--file={path}"])
        return _facts(cursor)


@of_the_database()
def facts():
    """Those of now."""
    with connection.cursor() as cursor:
        return _facts(cursor)


@of_the_database()
def restore(path, sessions, columns=()):
    """Put the dump in the place of all tables in one transaction: whoever reads waits for its end."""
    restoring = _program("pg_restore")
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        tables = [table for (table,) in cursor.fetchall()]
    connection.close()
    for remaining in reversed(range(TRIES)):
        reading = [restoring, "--no-owner", "--no-privileges", "--file=-", str(path)]
        told = _replace(reading, _before(tables, sessions), _after(sessions, columns))
        if not told:
            return
        if "deadlock" not in told or not remaining:
            raise Trouble(f"PostgreSQL did not take the dump; everything is as it was. It says: {told}")


def _facts(cursor):
    ask = partial(_rows, cursor)
    return gather(ask, [table for (table,) in ask(TABLES)])


def _rows(cursor, sql):
    cursor.execute(sql)
    return cursor.fetchall()


def _replace(reading, before, after):
    """What went wrong, in a line of the programs' own, or "". Nothing is changed before the COMMIT at the end."""
    arguments, environment = _connection()
    writing = [_program("psql"), *arguments, "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    with subprocess.Popen(writing, env=environment, **pipes) as psql:
        read = _send(psql, reading, before, after)
        told = psql.communicate()[1]
    if psql.returncode or read.returncode:
        return _last_line(told) or _last_line(read.stderr) or "nothing"
    return ""


def _send(psql, reading, before, after):
    try:
        psql.stdin.write("".join(before).encode())
        psql.stdin.flush()
        read = subprocess.run(reading, stdout=psql.stdin, stderr=subprocess.PIPE)
        if read.returncode == 0:
            psql.stdin.write("".join(after).encode())
            psql.stdin.flush()
        return read
    except BrokenPipeError:  # psql stopped at an error and says which
        return subprocess.CompletedProcess(reading, 1, stderr=b"")


def _before(tables, sessions):
    yield "BEGIN;\n"
    if sessions == "kept":
        for table in ("accounts_user", "accounts_session"):
            yield f"CREATE TEMPORARY TABLE before_{table} ON COMMIT DROP AS SELECT * FROM {table};\n"
    if tables:
        names = ", ".join(f'"{table}"' for table in tables)
        yield f"DROP TABLE {names} CASCADE;\n"
    yield DROP_FUNCTIONS


def _after(sessions, columns):
    yield "RESET search_path;\n"  # pg_restore empties it
    for statement in changes_after(sessions, "before_", columns):
        yield f"{statement};\n"
    yield "COMMIT;\nANALYZE;\n"


def _run(name, options):
    arguments, environment = _connection()
    done = subprocess.run(
        [_program(name), *options, *arguments], env=environment, stdin=subprocess.DEVNULL, capture_output=True
    )
    if done.returncode:
        raise Trouble(f"{name} failed: {_last_line(done.stderr)}")


def _connection():
    """(arguments, environment) by which PostgreSQL's programs reach the database. The password is in the latter."""
    command, environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    return command[1:], {**os.environ, **(environment or {}), "PGCONNECT_TIMEOUT": "10"}


def _program(name):
    """Those of the server's own version first: newer ones say what an older server does not understand."""
    connection.ensure_connection()
    own = Path(f"/usr/lib/postgresql/{connection.pg_version // 10_000}/bin")
    found = shutil.which(name, path=own) or shutil.which(name)
    if found is None:
        raise Trouble(
            f"{name} is not on this machine. Install PostgreSQL's client programs of the server's version "
            "or newer (Debian and Ubuntu: apt-get install postgresql-client)."
        )
    return found


def _last_line(told):
    lines = (told or b"").decode(errors="replace").strip().splitlines()
    return next((line for line in lines if "ERROR" in line or "error:" in line), lines[-1] if lines else "")
