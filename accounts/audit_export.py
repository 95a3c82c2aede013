"""The audit log as files: JSON lines and CSV, written while they are read, oldest first."""

import csv
import io
import json

from .zones import iso

AT_ONCE = 500  # entries
COLUMNS = ("id", "at", "word", "who_id", "who", "kind", "noun_id", "noun", "board_id", "room_id", "place")
COLUMNS += ("address", "browser", "details")
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def in_parts(entries):
    """Lists of entries, each found by where the one before ended: so nothing is held, and nothing told twice."""
    part = list(entries.order_by("pk")[:AT_ONCE])
    while part:
        yield part
        part = list(entries.filter(pk__gt=part[-1].pk).order_by("pk")[:AT_ONCE])


def written(entries, write, head=""):
    """The file in parts, each made when the one before is sent."""
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
    """What a spreadsheet would take for a formula is text (OWASP, CSV Injection)."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text
