"""The search index, on either database: it finds rows by words, author and place, and returns keys, newest first."""

from dataclasses import dataclass, field

from django.db import connection

from . import postgres, sqlite
from .nouns import NOUNS

EVERYTHING = 2**63 - 1
CHUNK = 20_000  # ids that one statement indexes


@dataclass(frozen=True)
class Term:
    """A word, or several in a row. If `is_prefix`, the last one may be the beginning of a longer word."""

    text: str
    is_prefix: bool = False


@dataclass(frozen=True)
class Asked:
    """A query. A row matches if it has all `words`, none of `without`, and of each group of `marks` at least one.

    A mark is c<conversation id>, t<board id of a task>, u<author id> or link. `conversations` and `boards` are the
    places among the marks again, as ids; `conversations` is None for any place.
    """

    words: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    marks: tuple[tuple[str, ...], ...] = ()
    conversations: frozenset | None = field(default=None)
    boards: frozenset = field(default=frozenset())


def newest(noun, asked, *, below=EVERYTHING, above=0, limit):
    return _database().newest(noun, asked, below=below, above=above, limit=limit)


def among(noun, asked, keys):
    return _database().among(noun, asked, keys)


def time_limit(seconds):
    return _database().time_limit(seconds)


# -- keeping it --------------------------------------------------------------------------------------------------------


def build(progress=lambda noun, done: None):
    """Make the index anew. `progress(noun, done)` is told the part done, from 0 to 1."""
    remove()
    prepare()
    for noun in NOUNS:
        _fill(noun, progress)


def remove():
    for noun in NOUNS:
        _execute(*_database().drop(noun))


def prepare():
    """Create tables and triggers where there are none. Rows that are written from now on are indexed."""
    database = _database()
    _execute(*database.functions())
    for noun in NOUNS:
        _execute(*database.tables(noun), *database.triggers(noun))


def repair(**signal):
    """After a migration or a flush, on SQLite. Copying a table loses its triggers: they are made again. Emptying all
    tables, in any order, may leave some of the index, as a trigger needs the board of a comment: it is emptied too.
    """
    database, names = _database(), connection.introspection.table_names()
    if not all(noun.index in names for noun in NOUNS):
        return
    if not all(map(database.is_there, NOUNS)):
        prepare()
    for noun in NOUNS:
        _execute(*database.forget_all_if_none(noun))


def add_functions(connection, **signal):
    """Give each new connection the functions that the triggers call."""
    if connection.vendor == "sqlite":
        sqlite.add_functions(connection.connection)


def _fill(noun, progress):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(id) FROM {noun.table}")
        last = cursor.fetchone()[0] or 0
    for first in range(1, last + 1, CHUNK):
        _execute(*_database().fill(noun, (first, min(first + CHUNK - 1, last))))
        progress(noun, min(first + CHUNK - 1, last) / last)
    if last:
        _execute(*_database().refresh(noun))


def _execute(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _database():
    return postgres if connection.vendor == "postgresql" else sqlite
