"""How PostgreSQL is queried. Rare words are found by GIN.

For common words GIN would return very many rows to be sorted, so the newest rows are scanned instead, until the page is
full. The planner's own estimate decides between the two.
"""

import json
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

MANY = 3_000  # matching rows, estimated; from here on scanning the newest is quicker
WINDOW = 20_000  # rows that are scanned before GIN is used after all
FEW_PLACES = 40  # the most that GIN is asked for; more are compared with each row
IN_ORDER = ("enable_bitmapscan", "enable_sort")  # switched off, so that the index of keys gives the order
CANCELLED = "57014"  # query_canceled


def newest(noun, asked, *, below, above, limit):
    """At most `limit` matching keys, newest first, with `above` <= key < `below`."""
    query, values = _tsquery(asked)
    fits, more = _where(asked, query)
    values = [*values, *more]
    found = []
    if _estimate(noun, fits, values) >= MANY:
        found, below = _scanned(noun, fits, values, below, above, limit)
    if below is not None and len(found) < limit:
        sql = (
            f"SELECT key FROM {noun.index} WHERE {fits} AND key < %s AND key >= %s ORDER BY key DESC LIMIT %s"
        )
        found += _keys(sql, [*values, below, above, limit - len(found)], "enable_indexscan")
    return found


def among(noun, asked, keys):
    """Those of these keys that match, newest first."""
    query, values = _tsquery(asked)
    fits, more = _where(asked, query)
    sql = f"SELECT key FROM {noun.index} WHERE key = ANY(%s) AND {fits} ORDER BY key DESC"
    return _keys(sql, [list(keys), *values, *more]) if keys else []


@contextmanager
def time_limit(seconds):
    """Raises TimeoutError when a statement within takes longer."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {int(seconds * 1000)}")
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) == CANCELLED:
            raise TimeoutError from error
        raise


def _scanned(noun, fits, values, below, above, limit):
    """(matching keys among the newest WINDOW rows, the key below which to go on, or None if that is enough)."""
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
    """The keys, planned `without` these kinds of plans, which are switched on again afterwards."""
    with transaction.atomic(), connection.cursor() as cursor:
        for way in without:
            cursor.execute(f"SET LOCAL {way} = off")
        cursor.execute(sql, values)
        keys = [key for (key,) in cursor.fetchall()]
        for way in without:
            cursor.execute(f"SET LOCAL {way} = on")
        return keys


def _where(asked, query):
    """(condition, values). Places are columns too, because comparing very many is quicker than asking GIN for them."""
    conditions, values = [f"words @@ {query}"], []
    if asked.conversations is not None:
        conditions.append("(conversation_id = ANY(%s) OR board_id = ANY(%s))")
        values += [sorted(asked.conversations), sorted(asked.boards)]
    return " AND ".join(conditions), values


def _tsquery(asked):
    """(SQL, values) of the query. What somebody types is only ever a value."""
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
