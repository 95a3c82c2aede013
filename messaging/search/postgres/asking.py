"""How PostgreSQL is asked. Rare words are found by GIN.

Of common ones GIN would bring everything, to be sorted; there the newest rows are looked through instead, until the
page is full. Which it is to be is told by the planner's own estimate.
"""

import json
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

MANY = 3_000  # rows; from here on looking through the newest is quicker
WINDOW = 20_000  # rows that are looked through before GIN is asked all the same
FEW_PLACES = 40  # that GIN is told of; more are compared with each row
IN_ORDER = ("enable_bitmapscan", "enable_sort")  # left out where the index of keys gives the order
CANCELLED = "57014"  # query_canceled


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
