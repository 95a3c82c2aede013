"""How a database answers a query: the indexes it uses, tables it reads whole, whether it sorts, how much it reads."""

import json
import re
from dataclasses import dataclass

from django.db import connection, transaction

NAMED = re.compile(r'(?:FROM|JOIN) "(\w+)"(?: (?!WHERE|INNER|LEFT|ON|ORDER|GROUP)"?(\w+)"?)?')
SCANNED = re.compile(r"SCAN (\w+)(?! VIRTUAL)")
USED = re.compile(r"(?<!SCAN )(\w+) USING (?:COVERING )?(?:INDEX (\w+)|INTEGER PRIMARY KEY)")
WORDS = re.compile(r"SCAN (\w+) VIRTUAL")


@dataclass(frozen=True)
class Way:
    """The plan of one SELECT: `indexes` as (table, columns), tables that are read `whole`, and whether rows are sorted.

    `read` is the number of rows that PostgreSQL read, or of steps of SQLite's virtual machine, several per row; None if
    the query was only planned.
    """

    sql: str
    indexes: tuple
    whole: tuple
    is_sorted: bool
    read: int | None = None
    steps: tuple = ()  # in SQLite's words


def ways_of(ask, *, run=False, as_if_large=False):
    """A Way for each SELECT that `ask()` runs.

    PostgreSQL reads small tables whole; `as_if_large`, it uses an index if there is one. With `run`, the queries are
    also run, to count what they read.
    """
    asked = []

    def note(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        ask()
    way = _of_postgres if connection.vendor == "postgresql" else _of_sqlite
    return [way(sql, params, run, as_if_large) for sql, params in asked if sql.lstrip().startswith("SELECT")]


def _of_sqlite(sql, params, run, as_if_large):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        steps = [row[3] for row in cursor.fetchall()]
    return Way(
        sql,
        indexes=tuple(_used_by_sqlite(sql, steps)),
        whole=tuple(sorted(_tables(sql, {name for step in steps for name in SCANNED.findall(step)}))),
        is_sorted=any("TEMP B-TREE FOR ORDER BY" in step for step in steps),
        read=_counted(sql, params) if run else None,
        steps=tuple(steps),
    )


def _used_by_sqlite(sql, steps):
    for step in steps:
        yield from ((table, "words") for table in WORDS.findall(step))
        for alias, name in USED.findall(step):
            with connection.cursor() as cursor:
                cursor.execute("SELECT name FROM pragma_index_info(%s)", [name])
                columns = ", ".join(column or "an expression" for (column,) in cursor.fetchall())
                cursor.execute("SELECT tbl_name FROM sqlite_master WHERE name = %s", [name])
                tables = [table for (table,) in cursor.fetchall()] or _tables(sql, {alias})
            yield from ((table, columns or "id") for table in tables)


def _tables(sql, names):
    """The tables that these names or aliases mean; one name may mean several."""
    return {table for table, alias in NAMED.findall(sql) if (alias or table) in names}


def _counted(sql, params):
    steps = []
    connection.connection.set_progress_handler(lambda: steps.append(None), 1)
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            cursor.fetchall()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return len(steps)


def _of_postgres(sql, params, run, as_if_large):
    with transaction.atomic(), connection.cursor() as cursor:
        for way in ("seqscan", "bitmapscan") if as_if_large else ():
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON, ANALYZE {run}) {sql}", params)
        told = cursor.fetchone()[0]
    nodes = list(_nodes(json.loads(told)[0]["Plan"] if isinstance(told, str) else told[0]["Plan"]))
    return Way(
        sql,
        indexes=tuple(_used_by_postgres(nodes)),
        whole=tuple(sorted({node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan"})),
        is_sorted=any("Sort" in node["Node Type"] for node in nodes),
        read=sum(map(_rows, nodes)) if run else None,
    )


def _used_by_postgres(nodes):
    names = {node["Index Name"] for node in nodes if "Index Name" in node}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, indexdef FROM pg_indexes WHERE indexname = ANY(%s)", [list(names)])
        yield from (
            (table, re.search(r"USING \w+ \((.*?)\)(?: WHERE| WITH|$)", how)[1]) for table, how in cursor
        )


def _nodes(node):
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)


def _rows(node):
    """The rows that a node read from a table. Those of a bitmap index scan are counted by the node that uses it."""
    kinds = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
    each = sum(node.get(kind, 0) for kind in kinds)
    return round(each * node.get("Actual Loops", 1)) if "Relation Name" in node else 0
