"""The SQL that makes the index on PostgreSQL: tables, triggers that fill them, and the function that folds words."""

from django.db import connection

from ..nouns import SECOND
from ..words import LETTERS

SINGLE = {letter: plain for letter, plain in LETTERS.items() if len(plain) == 1}
DOUBLE = {letter: plain for letter, plain in LETTERS.items() if len(plain) == 2}
# ASCII and general punctuation, from which PostgreSQL's parser would make addresses, paths and signed numbers.
BETWEEN_WORDS = "[!-/:-@\\[-`{-~\\u2000-\\u206f\\u3000-\\u3002\\u300c-\\u300f\\uff00-\\uff0f]"
UNSPACED = "([\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff])"


def functions():
    """`fold` of messaging/search/words.py in SQL. It needs no extension, which we may not be allowed to create."""
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
    # Every search scans the rows that are not in GIN yet, so few may wait.
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
    """Index the rows with these ids: (first, last), both included."""
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


def forget_all_if_none(noun):
    """A trigger of its own has seen to it."""
    return ()


def refresh(noun):
    """After many rows came at once: update the planner's estimates, by which `newest` chooses how to search."""
    yield f"ANALYZE {noun.index}"


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
    """A collation that knows the case of every alphabet, if any: in locale C, `lower` only knows English."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_collation WHERE collname = 'und-x-icu'")
        return 'COLLATE "und-x-icu"' if cursor.fetchone()[0] else ""
