"""The product beside its peers: the same work, the same generator, the same core, one after the other in one run."""

from .generator import NoCompiler
from .peers import PEERS
from .peers.peer import Missing
from .product import running
from .scenarios import delivery

WORK = {
    "1,000 sockets in one room, 8 in flight": {"sockets": 1_000, "rooms": 1, "flight": 8},
    "1,000 sockets in one room, 64 in flight": {"sockets": 1_000, "rooms": 1, "flight": 64},
    "200 rooms of 10, 4 in flight in each": {"sockets": 2_000, "rooms": 200, "flight": 4},
}


def contest(servers, database, seconds):
    """Yields (group, title, figures); a figure `ratio` is how often the better of our servers holds this one's pace.

    A peer that is missing is yielded with the sentence that says so instead of figures.
    """
    missing = set()
    for work, wishes in WORK.items():
        best = 0
        for server in servers:
            with running(server, database) as product:
                figures = _figures(product.driven(**wishes, seconds=seconds))
            best = max(best, figures["deliveries/s"])
            yield work, f"PrizmAI, {server}, {database}", {"ratio": 1.0, **figures}
        for peer in PEERS:
            if peer.title in missing:
                continue
            try:
                figures = _figures(peer.measured(**wishes, seconds=seconds))
            except (Missing, NoCompiler) as problem:
                missing.add(peer.title)
                yield work, peer.title, str(problem)
                continue
            yield work, peer.title, {"ratio": best / max(1, figures["deliveries/s"]), **figures}


def _figures(told):
    size = told["bytes"] / max(1, told["deliveries"])
    return {**delivery(told), "bytes a delivery": size, "lost lines": told["lost_lines"]}
