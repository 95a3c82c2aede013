"""Servers, browsers and the document mean the same by a code."""

import re
from pathlib import Path

from live.sockets import close_codes

ROOT = Path(__file__).resolve().parents[3]
OURS = {name: code for name, code in vars(close_codes).items() if name.isupper()}


def test_browsers_call_them_by_the_same_names():
    script = (ROOT / "static/js/live/close-codes.js").read_text()
    theirs = {name: int(code) for name, code in re.findall(r"export const ([A-Z_]+) = (\d+);", script)}
    assert theirs and theirs.items() <= OURS.items()


def test_the_document_tells_each():
    page = (ROOT / "docs/wire.md").read_text()
    told = re.search(r"^\| closed with \|.*?\n\n", page, re.MULTILINE | re.DOTALL)[0]
    first_cells = re.findall(r"^\| ([\d, ]+) \|", told, re.MULTILINE)
    assert set(OURS.values()) <= {int(code) for cell in first_cells for code in cell.split(", ")}
