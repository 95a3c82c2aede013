"""The report: what was measured, as Markdown, between two marks of a page that says the rest."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from .generator import BUSY

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
PACKAGES = (
    "Django",
    "channels",
    "channels_redis",
    "daphne",
    "uvicorn",
    "redis",
    "psycopg",
    "uvloop",
    "socketify",
)
LIMIT = "the generator was the limit"


def told(value):
    """A figure as people read it; words stay as they are."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def line(figures):
    """One row on a terminal."""
    words = [f"{name} {told(value)}" for name, value in figures.items()]
    return "  ".join(words + [f"({LIMIT})"] * was_the_limit(figures))


def was_the_limit(figures):
    return figures.get("generator busy", 0) > BUSY


def markdown(results):
    """`results` are (group, title, figures): a table for each group, a column for each figure."""
    parts = [machine()]
    for group in dict.fromkeys(group for group, _, _ in results):
        parts.append(f"### {group}")
        rows = [(title, figures) for name, title, figures in results if name == group]
        parts += [_table(kind) for kind in _kinds(rows)]
        parts += [f"Left out: {title}. {why}" for title, why in rows if isinstance(why, str)]
    return "\n\n".join(parts) + "\n"


def _kinds(rows):
    """Rows that follow each other and have the same figures stand in one table."""
    kinds = []
    for title, figures in rows:
        if isinstance(figures, str):  # why there are none
            continue
        if not kinds or list(kinds[-1][-1][1]) != list(figures):
            kinds.append([])
        kinds[-1].append((title, figures))
    return kinds


def _table(rows):
    names = list(rows[0][1])
    lines = [["", *names], ["---", *["---:"] * len(names)]]
    for title, figures in rows:
        note = f" ({LIMIT})" if was_the_limit(figures) else ""
        lines.append([title + note, *(told(figures[name]) for name in names)])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def check(page):
    """ValueError, where the page has no place for figures: better before hours of measuring than after."""
    _around(page)


def write(page, text):
    """Put the text between the marks of the page; what stands around them stays."""
    before, after = _around(page)
    Path(page).write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}")


def _around(page):
    text = Path(page).read_text() if Path(page).exists() else ""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page} has no place for the figures, between {BEGIN} and {END}.")
    return before, after


def machine():
    """What the figures were measured on, and when."""
    versions = ", ".join(f"{name} {found}" for name in PACKAGES if (found := _version(name)))
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d at %H:%M} UTC, commit {_commit()}: {os.cpu_count()} cores of "
        f"{_processor()}, {platform.system()} {platform.release()}, Python {platform.python_version()}, {versions}."
    )


def _version(name):
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _commit():
    asked = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return asked.stdout.strip() or "unknown"


def _processor():
    try:
        found = [
            row for row in Path("/proc/cpuinfo").read_text().splitlines() if row.startswith("model name")
        ]
    except OSError:
        found = []
    return found[0].partition(": ")[2] if found else platform.processor() or platform.machine()
