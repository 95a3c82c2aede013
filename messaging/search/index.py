"""One index over two databases: it knows words, people, places and times, and answers with keys, the newest first."""

from dataclasses import dataclass, field

from django.db import connection

from . import postgres, sqlite
from .nouns import NOUNS

EVERYTHING = 2**63 - 1
CHUNK = 20_000  # rows that are put into the index by one statement


@dataclass(frozen=True)
class Term:
    """A word or several in a row; of a prefix, the last may go on."""

    text: str
    is_prefix: bool = False


@dataclass(frozen=True)
class Asked:
    """Every group of `marks` wants one of its own: c<conversation>, t<board of a task>, u<author>, link.

    `conversations` and `boards` are the places as numbers, or None where any place will do.
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


def limited(seconds):
    return _database().limited(seconds)


# -- keeping it --------------------------------------------------------------------------------------------------------


def build(progress=lambda noun, done: None):
    """The index of everything, from nothing."""
    remove()
    prepare()
    for noun in NOUNS:
        _fill(noun, progress)


def remove():
    for noun in NOUNS:
        _execute(*_database().drop(noun))


def prepare():
    """Tables and triggers, where there are none; what is written from here on is in the index."""
    database = _database()
    _execute(*getattr(database, "functions", tuple)())
    for noun in NOUNS:
        _execute(*database.tables(noun), *database.triggers(noun))


def mend(**signal):
    """SQLite loses a table's triggers when a migration makes it anew; its rows stay, so the index holds. And where all
    tables are emptied, in any order, a comment may go after what says which task it is of: then some of it is left.
    """
    database, names = _database(), connection.introspection.table_names()
    if not all(noun.index in names for noun in NOUNS):
        return
    if not all(map(database.is_there, NOUNS)):
        prepare()
    for noun in NOUNS:
        _execute(*database.forget_all_if_none(noun))


def learn(connection, **signal):
    """Each new connection learns what the triggers call."""
    if connection.vendor == "sqlite":
        sqlite.learn(connection.connection)


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
