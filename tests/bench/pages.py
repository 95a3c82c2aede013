"""What is measured of pages, in an installation where a million messages were said."""

import json

MESSAGES = 1_000_000
VISITS = 60
ROOMS = (10, 100, 1_000, 10_000)


def pages(product, room, visits=VISITS):
    """S7: a room as it opens, one more page of its history, and searches, as a browser asks for them."""
    history = f"/messaging/conversation/{room}/messages/?before="
    for title, paths in {
        "S7 room page, 50 messages": [f"/messaging/room/{room}/"],
        "S7 history, 50 messages": [f"{history}{seq}" for seq in range(200, 1_200, 100)],
        "S7 search, a rare word": ["/messaging/search/?q=zeppelin+"],
        "S7 search, a middling word": ["/messaging/search/?q=lamefa+"],
        "S7 search, a common word": ["/messaging/search/?q=the+"],
        "S7 search, two common words": ["/messaging/search/?q=the+we+"],
    }.items():
        yield title, _visited(product, paths, visits)


def plans(product, room):
    """S7: how the database goes about it, for each question that pages and lines ask all the time."""
    for line in product.tells("-m", "tests.bench.plans", str(room)).splitlines():
        title, figures = json.loads(line)
        yield f"S7 {title}", figures


def size_of_an_installation(products, most=ROOMS[-1], visits=VISITS):
    """S8: a room page while there are more and more rooms. `products` are {server: Product} of one installation."""
    times, there = {server: [] for server in products}, 0
    for rooms in [count for count in ROOMS if count <= most]:
        opened = next(iter(products.values())).crowd(1, rooms - there)
        there = rooms
        for server, product in products.items():
            figures = _visited(product, [f"/messaging/room/{opened}/"], visits)
            times[server].append(figures["p50 ms"])
            yield server, f"S8 room page among {rooms:,} rooms", figures
    for server, took in times.items():
        yield server, "S8 room page, largest to smallest", {"ratio": took[-1] / took[0]}


def _visited(product, paths, visits):
    before = product.spent
    took, size = product.visits(paths, visits)
    return {
        "p50 ms": took[len(took) // 2],
        "p99 ms": took[int((len(took) - 1) * 0.99)],
        "ms CPU a page": (product.spent - before) * 1000 / len(took),
        "KB": size / 1024,
    }
