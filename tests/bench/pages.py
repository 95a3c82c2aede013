"""What is measured of pages, in an installation where a million messages were said."""

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


def size_of_an_installation(product, room, visits=VISITS, most=ROOMS[-1]):
    """S8: a room page while there are more and more rooms."""
    times, there = [], 0
    for rooms in [count for count in ROOMS if count <= most]:
        opened = product.crowd(1, rooms - there)
        there = rooms
        figures = _visited(product, [f"/messaging/room/{opened}/"], visits)
        times.append(figures["p50 ms"])
        yield f"S8 room page among {rooms:,} rooms", figures
    yield "S8 room page, largest to smallest", {"ratio": times[-1] / times[0]}


def _visited(product, paths, visits):
    before = product.spent
    took, size = product.visits(paths, visits)
    return {
        "p50 ms": took[len(took) // 2],
        "p99 ms": took[int((len(took) - 1) * 0.99)],
        "ms CPU a page": (product.spent - before) * 1000 / len(took),
        "KB": size / 1024,
    }


PAGES = {"S7": pages, "S8": size_of_an_installation}
