"""The command line of `manage.py`: most commands are for an installation that must be there already."""

import os
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError, OperationalError, connection

from kanban_board import environment
from kanban_board.database import FILE, kept_at, sqlite_at

from .database_cures import cure_of, first_line
from .start.folder import AS_THE_SERVER, is_ours_to_use
from .start.options import PROJECT
from .start.preparing import database_in_words
from .start.sorry import Sorry

NEED_NO_INSTALLATION = {
    "check",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "makemigrations",
    "migrate",
    "restore",
    "sendtestemail",
    "startapp",
    "test",
    "testserver",
    "translations",
    "version",
}
FOR_DEVELOPERS = (
    "`runserver` is for who changes the code: it loads that anew, and brings neither Redis nor worker nor beat.\n"
    "To serve people: ./start_prizmAI.sh, or daphne -b 0.0.0.0 -p 8000 kanban_board.asgi:application\n"
)
IN_SQLITE = "no such table", "no such column", "has no column named"
IN_POSTGRESQL = "42P01", "42703"  # undefined_table, undefined_column


def run(arguments):
    """Do what the command line asks for; returns the exit status."""
    try:
        if _is_for_an_installation(arguments[1:]):
            _need_one()
        if (
            arguments[1:2] == ["runserver"] and "RUN_MAIN" not in os.environ
        ):  # which what it starts anew is given
            _say(FOR_DEVELOPERS)
        execute_from_command_line(arguments)
    except Sorry as sorry:
        return _say(f"{sorry.sentence}\n{sorry.cure}")
    except ImproperlyConfigured as error:
        return _say(f"The settings cannot be used: {error}")
    except DatabaseError as error:
        if "--traceback" in arguments or not is_to_be_told(error):
            raise
        return _say(_about_database(error))
    return 0


def _is_for_an_installation(words):
    return bool(words) and not words[0].startswith("-") and words[0] not in NEED_NO_INSTALLATION


def _need_one():
    """Before the settings are read, which would make the folder, and in it keys that nobody asked for."""
    folder = Path(environment.text("PRIZMAI_DATA") or PROJECT / "var").expanduser().resolve()
    if folder.is_dir() and not is_ours_to_use(folder):
        raise Sorry(f"This user may not use the data folder {folder}.", AS_THE_SERVER)
    kept = kept_at(environment.text("DATABASE_URL", sqlite_at(folder / FILE)))
    if not folder.is_dir() or (kept["ENGINE"].endswith("sqlite3") and not os.path.isfile(kept["NAME"])):
        raise Sorry(
            f"There is no installation in {folder}.",
            "Say where its data folder is: PRIZMAI_DATA=<folder>, and DATABASE_URL if it was started with one.",
        )


def is_to_be_told(error):
    """Whatever else is wrong with a statement is a mistake of the code, which a traceback finds."""
    return isinstance(error, OperationalError) or _lacks_what_migrations_make(error)


def _lacks_what_migrations_make(error):
    return (
        any(sign in str(error) for sign in IN_SQLITE)
        or getattr(error.__cause__, "sqlstate", "") in IN_POSTGRESQL
    )


def _about_database(error):
    if _lacks_what_migrations_make(error):
        return (
            f"The database ({database_in_words()}) is not up to date.\n"
            "If it is the right one (PRIZMAI_DATA and DATABASE_URL say which), run `manage.py migrate` first."
        )
    cure = cure_of(error, connection.vendor)
    return f"The database ({database_in_words()}) cannot be used: {first_line(error)}\n{cure}"


def _say(told):
    print(told, file=sys.stderr)
    return 1
