"""The index on SQLite: for each noun an FTS5 table that stores no text, filled by triggers."""

import time
from contextlib import contextmanager

from django.db import OperationalError, connection

from .nouns import SECOND
from .words import fold

EVENTS = ("made", "changed", "gone")
STEPS = 10_000  # of SQLite's virtual machine between two looks at the clock


def add_functions(database):
    """Give a sqlite3 connection the function that the triggers call."""
    database.create_function("prizmai_fold", 1, lambda text: fold(text or ""), deterministic=True)


def functions():
    """None in the schema: `add_functions` adds them to each connection."""
    return ()


def tables(noun):
    # columnsize=0: the sizes of documents are only needed for FTS5's own ranking, which is not used.
    yield (
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {noun.index} USING fts5("
        "words, marks, content='', columnsize=0, prefix='2 3', tokenize='unicode61 remove_diacritics 0')"
    )


def triggers(noun):
    name, out, in_ = noun.index, _out(noun), _in(noun, "new")
    when = f"CREATE TRIGGER IF NOT EXISTS {name}"
    yield f"{when}_made AFTER INSERT ON {noun.table} BEGIN {in_}; END"
    yield f"{when}_changed AFTER UPDATE OF {noun.columns} ON {noun.table} BEGIN {out}; {in_}; END"
    yield f"{when}_gone AFTER DELETE ON {noun.table} BEGIN {out}; END"


def fill(noun, ids):
    """Index the rows with these ids: (first, last), both included."""
    first, last = map(int, ids)
    yield f"{_in(noun, 'one', source=f'FROM {noun.table} one')} AND one.id BETWEEN {first} AND {last}"


def drop(noun):
    for event in EVENTS:
        yield f"DROP TRIGGER IF EXISTS {noun.index}_{event}"
    yield f"DROP TABLE IF EXISTS {noun.index}"


def is_there(noun):
    names = [noun.index, *(f"{noun.index}_{event}" for event in EVENTS)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE name IN (%s, %s, %s, %s)", names)
        return cursor.fetchone()[0] == len(names)


def forget_all_if_none(noun):
    yield (
        f"INSERT INTO {noun.index} ({noun.index}) SELECT 'delete-all'"
        f" WHERE NOT EXISTS (SELECT 1 FROM {noun.table})"
    )


def refresh(noun):
    """After many rows came at once: merge the pieces of the index into one."""
    yield f"INSERT INTO {noun.index}({noun.index}) VALUES ('optimize')"


# -- asking ------------------------------------------------------------------------------------------------------------


def newest(noun, asked, *, below, above, limit):
    """At most `limit` matching keys, newest first, with `above` <= key < `below`."""
    sql = (
        f"SELECT rowid FROM {noun.index} WHERE {noun.index} MATCH %s AND rowid < %s AND rowid >= %s"
        " ORDER BY rowid DESC LIMIT %s"
    )
    return _keys(sql, [_match(asked), below, above, limit])


def among(noun, asked, keys):
    """Those of these keys that match, newest first."""
    marks = ", ".join(["%s"] * len(keys))
    sql = f"SELECT rowid FROM {noun.index} WHERE {noun.index} MATCH %s AND rowid IN ({marks}) ORDER BY rowid DESC"
    return _keys(sql, [_match(asked), *keys]) if keys else []


@contextmanager
def time_limit(seconds):
    """Raises TimeoutError when the statements within take longer."""
    until = time.monotonic() + seconds
    connection.ensure_connection()
    raw = connection.connection
    raw.set_progress_handler(lambda: time.monotonic() > until, STEPS)
    try:
        yield
    except OperationalError as error:
        if "interrupted" in str(error):
            raise TimeoutError from error
        raise
    finally:
        raw.set_progress_handler(None, 0)


def _keys(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [key for (key,) in cursor.fetchall()]


def _match(asked):
    """The query in FTS5's syntax. Words are quoted, so nothing that somebody types becomes part of the syntax."""
    parts = [f"words : {_phrase(term)}" for term in asked.words]
    parts += [f"marks : ({' OR '.join(group)})" for group in asked.marks]
    wanted = " AND ".join(parts)
    without = " OR ".join(f"words : {_phrase(term)}" for term in asked.without)
    return f"({wanted}) NOT ({without})" if without else wanted


def _phrase(term):
    quoted = fold(term.text).replace('"', '""')
    return f'"{quoted}"{" *" if term.is_prefix else ""}'


def _out(noun):
    values = f"'delete', {_values(noun, 'old')}"
    found = noun.is_found.replace("ROW", "old")
    return f"INSERT INTO {noun.index} ({noun.index}, rowid, words, marks) SELECT {values} WHERE {found}"


def _in(noun, row, source=""):
    found = noun.is_found.replace("ROW", row)
    return (
        f"INSERT INTO {noun.index} (rowid, words, marks) SELECT {_values(noun, row)} {source} WHERE {found}"
    )


def _values(noun, row):
    # Fractions of a second are cut off: SQLite rounds to milliseconds, which may give the next second.
    key = f"CAST(strftime('%s', substr(ROW.created_at, 1, 19)) AS INTEGER) * {SECOND} + ROW.id"
    named = (("c", noun.conversation), ("t", noun.board), ("u", noun.author))
    marks = "".join(f"COALESCE(' {letter}' || {id}, '') || " for letter, id in named)
    marks += f"CASE WHEN {noun.has_link} THEN ' link' ELSE '' END"
    return f"{key}, prizmai_fold({noun.text}), {marks}".replace("ROW", row)
