"""Measures the product: ./run_tests.sh bench [S1 ... S6] [--server daphne] [--database sqlite].

Numbers, not verdicts: only ratios of one run mean anything, on a machine that does nothing else.
"""

import argparse
import sys

from tests.fault.lab.house import POSTGRES, SQLITE
from tests.fault.lab.web import DAPHNE, UVICORN

from .generator import BUSY, NoCompiler
from .product import running
from .scenarios import SCENARIOS


def main(words):
    wish = parsed(words)
    for database in wish.database or [SQLITE, POSTGRES]:
        for server in wish.server or [DAPHNE, UVICORN]:
            print(f"\n{server} on {database}", flush=True)
            for name in wish.scenarios or SCENARIOS:
                measure(SCENARIOS[name], server, database)


def parsed(words):
    parser = argparse.ArgumentParser(prog="run_tests.sh bench", description=__doc__)
    parser.add_argument("scenarios", nargs="*", choices=[[], *SCENARIOS], default=[], metavar="S1...S6")
    parser.add_argument("--server", action="append", choices=[DAPHNE, UVICORN])
    parser.add_argument("--database", action="append", choices=[SQLITE, POSTGRES])
    return parser.parse_args(words)


def measure(scenarios, server, database):
    for scenario in scenarios:
        with running(server, database) as product:
            for title, figures in scenario(product):
                print(f"  {title:38} {'  '.join(told(figures))}", flush=True)


def told(figures):
    for name, value in figures.items():
        yield f"{name} {value:,.0f}" if value >= 100 or value == int(value) else f"{name} {value:.2f}"
    if figures.get("generator busy", 0) > BUSY:
        yield "(the generator was the limit)"


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except NoCompiler as problem:
        sys.exit(str(problem))
