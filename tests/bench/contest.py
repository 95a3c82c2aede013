"""The product beside its peers: the same work, the same generator, the same core, one after the other in one run.

The product keeps what is said and nearly no peer does: its hub alone, which keeps nothing, is beside them as well.
"""

from .generator import NoCompiler
from .peers import PEERS
from .peers.peer import Missing
from .product import hub_alone, running
from .scenarios import delivery

WORK = {
    "1,000 sockets in one room, 8 in flight": {"sockets": 1_000, "rooms": 1, "flight": 8},
    "1,000 sockets in one room, 64 in flight": {"sockets": 1_000, "rooms": 1, "flight": 64},
    "200 rooms of 10, 4 in flight in each": {"sockets": 2_000, "rooms": 200, "flight": 4},
}


def contest(servers, database, seconds):
    """Yields (group, title, figures); a figure `ratio` is how often the better of our servers holds this one's pace,
    `hub's ratio` how often the hub alone does.

    A peer that is missing is yielded with the sentence that says so instead of figures.
    """
    missing = set()
    for work, wishes in WORK.items():
        product, hub = {}, {}
        for server in servers:
            with running(server, database) as ours:
                product[f"PrizmAI, {server}, {database}"] = _figures(ours.driven(**wishes, seconds=seconds))
            with hub_alone(server) as ours:
                hub[f"PrizmAI's hub alone, {server}"] = _figures(ours.driven(**wishes, seconds=seconds))
        best = _best(product), _best(hub)
        for title, figures in (product | hub).items():
            yield work, title, compared(figures, *best)
        for peer in PEERS:
            if peer.title in missing:
                continue
            try:
                figures = _figures(peer.measured(**wishes, seconds=seconds))
            except (Missing, NoCompiler) as problem:
                missing.add(peer.title)
                yield work, peer.title, str(problem)
                continue
            yield work, peer.title, compared(figures, *best)


def _best(ours):
    return max(figures["deliveries/s"] for figures in ours.values())


def compared(figures, product, hub):
    pace = max(1, figures["deliveries/s"])
    return {"ratio": product / pace, "hub's ratio": hub / pace, **figures}


def _figures(told):
    size = told["bytes"] / max(1, told["deliveries"])
    return {**delivery(told), "bytes a delivery": size, "lost lines": told["lost_lines"]}
