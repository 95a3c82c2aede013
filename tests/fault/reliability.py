"""docs/reliability.md is written from the record of a run.

python -m tests.fault.reliability RECORD.jsonl [docs/reliability.md]
Of each test the latest entry counts, and one of the full form before one of the short. Each line says of which form it
is, of which day and with which seed. Without a place to write to, the table alone is printed.
"""

import json
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from .matrix import FAULTS

HEAD = Path(__file__).with_name("reliability_head.md")
FORMS = ("short", "full")


def main(record, place=None):
    latest = read(Path(record))
    if place is None:
        print(table(latest))
        return
    Path(place).write_text(HEAD.read_text().format(table=table(latest), **facts(latest)))
    print(f"{place} tells of {len(latest)} tests.")


def read(path):
    """{(fault, test): row} of the latest of each."""
    latest = {}
    for line in path.read_text().splitlines() if path.exists() else []:
        row = json.loads(line)
        before = latest.get((row["fault"], row["test"]))
        if before is None or FORMS.index(row["form"]) >= FORMS.index(before["form"]):
            latest[row["fault"], row["test"]] = row
    return latest


def table(latest):
    lines = ["| # | Fault | Promises | Must hold | Measured | Form, seed, day |", "|---|---|---|---|---|---|"]
    for fault in FAULTS:
        rows = [row for (number, _), row in sorted(latest.items()) if number == fault.number]
        own = [row for row in rows if "twin" not in row["test"]]
        twins = [row for row in rows if "twin" in row["test"]]
        lines.append(
            f"| {fault.name} | {fault.what} | {fault.promises} | {fault.passes} | "
            f"{measured(own)}{twin(fault, twins)} | {forms(own)} |"
        )
    return "\n".join(lines)


def measured(rows):
    if not rows:
        return "**not run yet**"
    return "<br>".join(f"{mark(row)}{variant(row)}{shortened(row['figure'])}" for row in rows)


def mark(row):
    return {"passed": "", "missed": "**missed:** ", "skipped": "*could not be injected:* "}.get(
        row["outcome"], "**failed:** "
    )


def variant(row):
    """What a test was run on, of its name."""
    found = re.search(r"\[(.*)$", row["test"])
    return f"{found[1].rstrip(']')}: " if found else ""


def shortened(figure):
    return figure.replace("|", "/").replace("; 0 signed out", ", 0 signed out")


def twin(fault, rows):
    if not rows:
        return f"<br>*Can fail: {fault.twin}.*"
    told = "; ".join(shortened(row["figure"]) for row in rows if row["outcome"] == "passed")
    return f"<br>*Twin ({fault.twin}): {told or 'did not fail'}*"


def forms(rows):
    return ", ".join(sorted({f"{row['form']}, {row['seed']}, {row['on']}" for row in rows})) or "-"


def facts(latest):
    rows = latest.values()
    return {
        "date": " to ".join(sorted({min(days), max(days)}))
        if (days := [row["on"] for row in rows])
        else "never",
        "tests": len(latest),
        "full": sum(row["form"] == "full" for row in rows),
        "short": sum(row["form"] == "short" for row in rows),
        "passed": sum(row["outcome"] == "passed" for row in rows),
        "python": sys.version.split()[0],
        "django": version("django"),
        "daphne": version("daphne"),
        "uvicorn": version("uvicorn"),
        "postgres": said_by(_postgres(), "--version"),
        "redis": said_by(shutil.which("redis-server") or shutil.which("valkey-server"), "--version"),
    }


def _postgres():
    from .lab.postgres import _binary

    return _binary("postgres")


def said_by(*command):
    said = subprocess.run(command, capture_output=True, text=True).stdout
    found = re.search(r"\d+(\.\d+)+", said)
    return found[0] if found else said.strip()


if __name__ == "__main__":
    main(*sys.argv[1:])
