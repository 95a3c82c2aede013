"""The index on PostgreSQL: for each noun a table of keys and `tsvector`s with a GIN index, kept by triggers.

Rare words are found by GIN. Of common ones GIN would bring everything, to be sorted; there the newest rows are looked
through instead, until the page is full. Which it is to be is told by the planner's own estimate.
"""

import json
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

from .nouns import SECOND
from .words import LETTERS

MANY = 3_000  # rows; from here on looking through the newest is quicker
WINDOW = 20_000  # rows that are looked through before GIN is asked all the same
FEW_PLACES = 40  # that GIN is told of; more are compared with each row
IN_ORDER = ("enable_bitmapscan", "enable_sort")  # left out where the index of keys gives the order
CANCELLED = "57014"  # query_canceled

SINGLE = {letter: plain for letter, plain in LETTERS.items() if len(plain) == 1}
DOUBLE = {letter: plain for letter, plain in LETTERS.items() if len(plain) == 2}
# ASCII and general punctuation, which PostgreSQL's parser would make addresses, paths and numbers with signs of.
BETWEEN_WORDS = "[!-/:-@\\[-`{-~\\u2000-\\u206f\\u3000-\\u3002\\u300c-\\u300f\\uff00-\\uff0f]"
UNSPACED = "([\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff])"


def learn(database):
    """Every connection knows all that it needs."""


def functions():
    """What messaging/search/words.py does, in SQL: folding needs no extension that one may not be allowed to create."""
    collation = _collation()
    letters = f"translate(lower(word {collation}), '{''.join(SINGLE)}', '{''.join(SINGLE.values())}')"
    for letter, plain in DOUBLE.items():
        letters = f"replace({letters}, '{letter}', '{plain}')"
    bare = "normalize(regexp_replace(normalize(text, NFKD), '[\\u0300-\\u036f]', '', 'g'), NFC)"
    spaced = f"regexp_replace({letters}, '{UNSPACED}', ' \\1 ', 'g')"
    yield f"""
        CREATE OR REPLACE FUNCTION prizmai_fold(text text) RETURNS text
        LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
        DECLARE word text;
        BEGIN
            IF octet_length(text) = length(text) THEN
                word := lower(text);
            ELSE
                word := {bare};
                word := {spaced};
            END IF;
            RETURN regexp_replace(word, '{BETWEEN_WORDS}', ' ', 'g');
        END $$
    """


def tables(noun):
    yield f"""
        CREATE TABLE IF NOT EXISTS {noun.index} (
            key bigint PRIMARY KEY, conversation_id bigint, board_id bigint, words tsvector NOT NULL
        )
    """
    # What waits to be sorted into GIN is looked through by every search: little may wait.
    yield (
        f"CREATE INDEX IF NOT EXISTS {noun.index}_words ON {noun.index}"
        " USING gin (words) WITH (gin_pending_list_limit = 256)"
    )
    yield f"ALTER TABLE {noun.index} ALTER COLUMN words SET STATISTICS 300"


def triggers(noun):
    name = noun.index
    old_key, found = _key("OLD"), noun.is_found.replace("ROW", "NEW")
    yield f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'TRUNCATE' THEN
                DELETE FROM {name};
                RETURN NULL;
            END IF;
            IF TG_OP <> 'INSERT' THEN
                DELETE FROM {name} WHERE key = {old_key};
            END IF;
            IF TG_OP <> 'DELETE' THEN
                IF {found} THEN
                    INSERT INTO {name} SELECT {_values(noun, "NEW")} ON CONFLICT DO NOTHING;
                END IF;
            END IF;
            RETURN NULL;
        END $$
    """
    events = {
        "made": f"AFTER INSERT ON {noun.table} FOR EACH ROW",
        "changed": f"AFTER UPDATE OF {noun.columns} ON {noun.table} FOR EACH ROW",
        "gone": f"AFTER DELETE ON {noun.table} FOR EACH ROW",
        "emptied": f"AFTER TRUNCATE ON {noun.table} FOR EACH STATEMENT",
    }
    for event, when in events.items():
        yield f"CREATE OR REPLACE TRIGGER {name}_{event} {when} EXECUTE FUNCTION {name}()"


def fill(noun, ids):
    """Put the rows of an inclusive range of ids into the index."""
    first, last = map(int, ids)
    found = noun.is_found.replace("ROW", "one")
    yield (
        f"INSERT INTO {noun.index} SELECT {_values(noun, 'one')} FROM {noun.table} one"
        f" WHERE {found} AND one.id BETWEEN {first} AND {last} ON CONFLICT DO NOTHING"
    )


def drop(noun):
    for event in ("made", "changed", "gone", "emptied"):
        yield f"DROP TRIGGER IF EXISTS {noun.index}_{event} ON {noun.table}"
    yield f"DROP FUNCTION IF EXISTS {noun.index}()"
    yield f"DROP TABLE IF EXISTS {noun.index}"


def is_there(noun):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND starts_with(tgname, %s)",
            [noun.table, f"{noun.index}_"],
        )
        return cursor.fetchone()[0] == 4


def refresh(noun):
    """After many rows came at once: the planner's estimates choose how to search."""
    yield f"ANALYZE {noun.index}"


# -- asking ------------------------------------------------------------------------------------------------------------


def newest(noun, asked, *, below, above, limit):
    """Keys of what fits, the newest first."""
    query, values = _tsquery(asked)
    fits, more = _where(asked, query)
    values = [*values, *more]
    found = []
    if _estimate(noun, fits, values) >= MANY:
        found, below = _looked_through(noun, fits, values, below, above, limit)
    if below is not None and len(found) < limit:
        sql = (
            f"SELECT key FROM {noun.index} WHERE {fits} AND key < %s AND key >= %s ORDER BY key DESC LIMIT %s"
        )
        found += _keys(sql, [*values, below, above, limit - len(found)], "enable_indexscan")
    return found


def among(noun, asked, keys):
    """Those of these keys that fit, the newest first."""
    query, values = _tsquery(asked)
    fits, more = _where(asked, query)
    sql = f"SELECT key FROM {noun.index} WHERE key = ANY(%s) AND {fits} ORDER BY key DESC"
    return _keys(sql, [list(keys), *values, *more]) if keys else []


@contextmanager
def limited(seconds):
    """TimeoutError when what is asked within takes longer."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {int(seconds * 1000)}")
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) == CANCELLED:
            raise TimeoutError from error
        raise


def _looked_through(noun, fits, values, below, above, limit):
    """(keys among the newest WINDOW rows, the key below which nobody has looked yet, or None)."""
    window = f"SELECT * FROM {noun.index} WHERE key < %s AND key >= %s ORDER BY key DESC LIMIT {WINDOW}"
    sql = f"SELECT key FROM ({window}) newest WHERE {fits} ORDER BY key DESC LIMIT %s"
    found = _keys(sql, [below, above, *values, limit], *IN_ORDER)
    if len(found) == limit:
        return found, None
    oldest = f"SELECT key FROM {noun.index} WHERE key < %s AND key >= %s ORDER BY key DESC OFFSET {WINDOW - 1} LIMIT 1"
    return found, next(iter(_keys(oldest, [below, above])), None)


def _estimate(noun, fits, values):
    """How many rows the planner expects to fit."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) SELECT 1 FROM {noun.index} WHERE {fits}", values)
        [(plan,)] = cursor.fetchall()
    plan = json.loads(plan) if isinstance(plan, str) else plan
    return plan[0]["Plan"]["Plan Rows"]


def _keys(sql, values, *without):
    """The answer, planned without these ways of the planner's, which are open again to what comes next."""
    with transaction.atomic(), connection.cursor() as cursor:
        for way in without:
            cursor.execute(f"SET LOCAL {way} = off")
        cursor.execute(sql, values)
        keys = [key for (key,) in cursor.fetchall()]
        for way in without:
            cursor.execute(f"SET LOCAL {way} = on")
        return keys


def _where(asked, query):
    """(condition, values). Places stand in columns too: of very many, comparing is quicker than asking GIN."""
    conditions, values = [f"words @@ {query}"], []
    if asked.conversations is not None:
        conditions.append("(conversation_id = ANY(%s) OR board_id = ANY(%s))")
        values += [sorted(asked.conversations), sorted(asked.boards)]
    return " AND ".join(conditions), values


def _tsquery(asked):
    """(SQL, values) of the whole; what somebody types never becomes part of the language."""
    sql, values = [], []
    for term in asked.words:
        sql.append(_term(term))
        values.append(term.text)
    for term in asked.without:
        sql.append(f"!!{_term(term)}")
        values.append(term.text)
    for group in asked.marks:
        if len(group) <= FEW_PLACES:
            sql.append("%s::tsquery")
            values.append(" | ".join(f"'@{mark}'" for mark in group))
    return "(" + " && ".join(sql or ["'@any'::tsquery"]) + ")", values


def _term(term):
    phrase = "phraseto_tsquery('simple', prizmai_fold(%s))"
    return f"(NULLIF({phrase}::text, '') || ':*')::tsquery" if term.is_prefix else phrase


def _values(noun, row):
    marks = [("c", noun.conversation), ("t", noun.board), ("u", noun.author)]
    made = ", ".join(f"'@{letter}' || {id}" for letter, id in marks if id != "NULL")
    link = f"CASE WHEN {noun.has_link} THEN '@link' END"
    marks = f"array_to_tsvector(array_remove(ARRAY['@any', {link}, {made}], NULL))"
    vector = f"to_tsvector('simple', prizmai_fold({noun.text})) || {marks}"
    return f"{_key('ROW')}, {noun.conversation}, {noun.board}, {vector}".replace("ROW", row)


def _key(row):
    return f"floor(extract(epoch FROM {row}.created_at))::bigint * {SECOND} + {row}.id"


def _collation():
    """One that knows the case of every alphabet; in a database of locale C, `lower` knows English only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_collation WHERE collname = 'und-x-icu'")
        return 'COLLATE "und-x-icu"' if cursor.fetchone()[0] else ""
