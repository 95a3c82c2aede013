"""Measures the product: ./run_tests.sh bench [S1 ... S9, peers] [--server daphne] [--database sqlite] [--quick].

Numbers, not verdicts: only ratios of one run mean anything, on a machine that does nothing else.
"""

import argparse
import contextlib
import resource
import sys

from tests.fault.lab.house import POSTGRES, SQLITE
from tests.fault.lab.web import DAPHNE, UVICORN

from . import pages, table
from .contest import contest
from .generator import NoCompiler
from .processes import one_and_two
from .product import hub_alone, installation, running, serving
from .scenarios import ALONE, SCENARIOS

PEERS, PAGES, PROCESSES = "peers", ("S7", "S8"), "S9"
NAMES = [*dict.fromkeys(sorted([*SCENARIOS, *PAGES, PROCESSES])), PEERS]
SECONDS, QUICK_SECONDS, QUICK_MESSAGES, QUICK_ROOMS = 5, 2, 100_000, 1_000


def main(words):
    wish, results = parsed(words), []
    if wish.write:
        table.check(wish.write)
    allow_many_lines()
    for group, title, figures in everything(wish):
        if group not in [one[0] for one in results]:
            print(f"\n{group}", flush=True)
        print(f"  {title:40} {figures if isinstance(figures, str) else table.line(figures)}", flush=True)
        results.append((group, title, figures))
        if wish.write:
            table.write(wish.write, table.markdown(results))


def everything(wish):
    """(group, title, figures) of all that was wished for, as it is measured."""
    for database in wish.database:
        for server in wish.server:
            for name in wish.scenarios:
                yield from of_the_line(name, server, database, wish.seconds)
            if PROCESSES in wish.scenarios:
                for title, figures in one_and_two(server, database, wish.seconds):
                    yield f"{server} on {database}", title, figures
        if {*wish.scenarios} & {*PAGES}:
            yield from of_the_pages(database, wish)
    for server in wish.server:
        for name in wish.scenarios:
            yield from of_the_hub(name, server, wish.seconds)
    if PEERS in wish.scenarios:
        yield from contest(wish.server, wish.database[0], wish.seconds)


def of_the_line(name, server, database, seconds):
    for scenario in SCENARIOS.get(name, ()):
        with running(server, database) as product:
            for title, figures in scenario(product, seconds):
                yield f"{server} on {database}", title, figures


def of_the_hub(name, server, seconds):
    """Once for all databases: none is asked."""
    for scenario in ALONE.get(name, ()):
        with hub_alone(server) as hub:
            for title, figures in scenario(hub, seconds):
                yield f"{server}, the hub alone", title, figures


def of_the_pages(database, wish):
    """All servers show the same installation, for filling it takes minutes."""
    with contextlib.ExitStack() as stack:
        house = stack.enter_context(installation(database))
        products = {server: stack.enter_context(serving(house, server)) for server in wish.server}
        first = next(iter(products.values()))
        first.runs("-m", "tests.bench.million", "fill", str(wish.messages))
        room = int(first.runs("-m", "tests.bench.million", "admit"))
        if "S7" in wish.scenarios:
            for title, figures in pages.plans(first, room):
                yield f"what {database} reads of {wish.messages:,} messages", title, figures
        for server, title, figures in _shown(products, room, wish):
            yield f"{server} on {database}, {wish.messages:,} messages", title, figures


def _shown(products, room, wish):
    if "S7" in wish.scenarios:
        for server, product in products.items():
            yield from ((server, *row) for row in pages.pages(product, room))
    if "S8" in wish.scenarios:
        yield from pages.size_of_an_installation(products, wish.rooms)


def parsed(words):
    parser = argparse.ArgumentParser(prog="run_tests.sh bench", description=__doc__)
    parser.add_argument("scenarios", nargs="*", metavar="|".join(NAMES), help="all of them, if none is named")
    parser.add_argument("--server", action="append", choices=[DAPHNE, UVICORN])
    parser.add_argument("--database", action="append", choices=[SQLITE, POSTGRES])
    parser.add_argument("--seconds", type=float, help=f"of each measurement ({SECONDS})")
    parser.add_argument("--messages", type=int, help=f"in S7 and S8 ({pages.MESSAGES:,})")
    parser.add_argument("--write", metavar="PAGE", help="put the tables between the marks of this page")
    parser.add_argument("--quick", action="store_true", help="a short form: one server, one database")
    wish = parser.parse_args(words)
    if unknown := {*wish.scenarios} - {*NAMES}:
        parser.error(
            f"There is no scenario called {', '.join(sorted(unknown))}: choose of {', '.join(NAMES)}."
        )
    wish.scenarios = wish.scenarios or NAMES
    wish.server = wish.server or ([UVICORN] if wish.quick else [DAPHNE, UVICORN])
    wish.database = wish.database or ([SQLITE] if wish.quick else [SQLITE, POSTGRES])
    wish.seconds = wish.seconds or (QUICK_SECONDS if wish.quick else SECONDS)
    wish.messages = wish.messages or (QUICK_MESSAGES if wish.quick else pages.MESSAGES)
    wish.rooms = QUICK_ROOMS if wish.quick else pages.ROOMS[-1]
    return wish


def allow_many_lines():
    """Each line takes a descriptor; what we start may have as many as we."""
    with contextlib.suppress(ValueError, OSError):
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except NoCompiler as problem:
        sys.exit(str(problem))
