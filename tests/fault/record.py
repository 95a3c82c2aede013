"""The record of a run: what each test of a fault measured, for the table at the end and for docs/reliability.md."""

import json
import os
import re
from datetime import date

from .lab.experiment import FULL, SEED

OF_A_FAULT = re.compile(r"(?:test_|\[)f(\d\d)")


class Record:
    """`figures` are kept by test; what passed without one is told as passed."""

    def __init__(self):
        self._figures, self.rows = {}, []

    def measured(self, test, figure):
        self._figures.setdefault(test, []).append(str(figure))

    def ended(self, test, outcome, why=""):
        """`test` is a name such as test_f04_redis_is_killed[postgres]; anything else is not of the matrix."""
        found = OF_A_FAULT.search(test)
        if found is None:
            return
        row = {
            "fault": int(found[1]),
            "test": _sentence(test),
            "outcome": outcome,
            "figure": "; ".join(filter(None, [why, *self._figures.pop(test, [])])) or outcome,
            "seed": SEED,
            "form": "full" if FULL else "short",
            "on": date.today().isoformat(),
        }
        self.rows.append(row)
        _keep(row)

    def lines(self):
        for row in sorted(self.rows, key=lambda row: (row["fault"], row["test"])):
            yield f"F{row['fault']:02}  {row['outcome']:7}  {row['test']}: {row['figure']}  (seed {row['seed']})"


def _sentence(test):
    words = OF_A_FAULT.sub("", test).removeprefix("test").replace("_", " ").strip()
    return words if "[" in words else words.rstrip("]")


def _keep(row):
    """At once, in the file that PRIZMAI_FAULT_RECORD names: a run of hours may be broken off."""
    if path := os.environ.get("PRIZMAI_FAULT_RECORD"):
        with open(path, "a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
