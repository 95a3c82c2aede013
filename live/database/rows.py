"""Rows as a part of a statement: a query that gives them, with columns called column1, column2 and so on.

SQLite gets a parameter for each value, and always a power of two of rows: each connection caches the statements that
it has prepared, so a few statements serve all, and none of them is large. PostgreSQL gets one JSON text, because its
driver would take longer to fill in thousands of parameters than the server takes to store them. Its planner expects a
hundred rows of such a text whatever it holds, and would read whole tables for them, so a LIMIT says how many there are.
"""

from functools import lru_cache
from operator import attrgetter
from uuid import UUID

import orjson

MOST = 128  # rows in one statement of SQLite
KINDS = {int: "bigint", UUID: "uuid"}  # of values, as PostgreSQL calls them; anything else is taken as text


def as_told(connection, rows, kinds=None, *, may_repeat=False):
    """(query, its parameters, how many rows it tells) of portions of `rows`, which are lists of one length.

    `kinds` are the columns' types on PostgreSQL, None for text; without them the first row shows what they are. Where
    rows may repeat, the last one does, and fewer portions are needed.
    """
    if connection.vendor == "postgresql":
        kinds = kinds or [KINDS.get(type(value)) for value in rows[0]]
        told = orjson.dumps(rows, default=attrgetter("obj")).decode()
        return [(f"{_selected(tuple(kinds))} LIMIT {len(rows)}", [told], len(rows))]
    most = min(MOST, _power_within(connection.features.max_query_params // len(rows[0])))
    cut = _filled_up if may_repeat else _cut
    return [
        (_listed(len(some[0]), len(some)), [value for row in some for value in row], len(some))
        for some in cut(rows, most)
    ]


def _cut(rows, most):
    start = 0
    while start < len(rows):
        count = _power_within(min(most, len(rows) - start))
        yield rows[start : start + count]
        start += count


def _filled_up(rows, most):
    for start in range(0, len(rows), most):
        some = rows[start : start + most]
        yield some + [some[-1]] * (power_from(len(some)) - len(some))


def power_from(number):
    """The smallest power of two that is not below it."""
    return 1 << (number - 1).bit_length()


def _power_within(number):
    """The largest power of two that is not above it."""
    return 1 << (number.bit_length() - 1)


@lru_cache(1_024)
def _listed(width, count):
    return "VALUES " + ", ".join([f"({', '.join(['%s'] * width)})"] * count)


@lru_cache(1_024)
def _selected(kinds):
    columns = ", ".join(
        f"(value ->> {place}){f'::{kind}' if kind else ''} AS column{place + 1}"
        for place, kind in enumerate(kinds)
    )
    return f"SELECT {columns} FROM jsonb_array_elements(%s::jsonb) WITH ORDINALITY AS told(value, place) ORDER BY place"
