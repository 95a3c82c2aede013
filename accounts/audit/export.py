"""The audit log as a file, JSON lines or CSV, oldest entry first. It is made while it is sent, so it needs no room."""

import csv
import io
import json

from ..zones import iso

AT_ONCE = 500  # entries
COLUMNS = ("id", "at", "word", "who_id", "who", "kind", "noun_id", "noun", "board_id", "room_id", "place")
COLUMNS += ("address", "browser", "details")
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def in_parts(entries):
    """Yields lists of entries, each starting where the one before ended: little is in memory, and none comes twice."""
    part = list(entries.order_by("pk")[:AT_ONCE])
    while part:
        yield part
        part = list(entries.filter(pk__gt=part[-1].pk).order_by("pk")[:AT_ONCE])


def written(entries, write, head=""):
    """Yields the file in parts of text: `head`, then `write(entry)` for each entry."""
    yield head
    for part in in_parts(entries):
        yield "".join(map(write, part))


def json_line(entry):
    return json.dumps(_told(entry), ensure_ascii=False) + "\n"


def csv_line(entry):
    told = _told(entry)
    return _csv([*list(told.values())[:-1], json.dumps(told["details"], ensure_ascii=False)])


def csv_head():
    return _csv(COLUMNS)


def _told(entry):
    told = {name: getattr(entry, name) for name in COLUMNS}
    return told | {"at": iso(entry.at)}


def _csv(cells):
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL).writerow(map(_harmless, cells))
    return line.getvalue()


def _harmless(cell):
    """The cell, quoted if a spreadsheet would take it for a formula (OWASP, CSV Injection)."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text
