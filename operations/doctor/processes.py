"""Do all web processes of the installation share one Redis, and hear each other?"""

import json

from operations.start.readiness import is_ours
from operations.websocket_by_hand import ask_http

from .finding import unasked, well, wrong

NAME = "Web processes"
ASKED = 24  # times: with so many, eight processes behind one address all come to answer
ASKED_OF_ONE = 2


def check(place):
    states = _states(place)
    if not states:
        yield unasked(NAME, "the web server cannot be reached")
        return
    found = [*_modes(states.values()), *apart(states)]
    yield from found or [well(NAME, f"{len(states)} answered, by the Redis at {_any(states)['redis']}.")]


def _states(place):
    """{process: what it says of itself}, newest answer first to stay."""
    states = {}
    for url in place.urls:
        for _ in range(ASKED_OF_ONE if place.note.get("workers") == 1 else ASKED):
            try:
                _, _, body = ask_http(url, "/readyz", place.headers)
            except OSError:
                break
            if not is_ours(200, body):
                break
            state = json.loads(body)
            states[state["process"]] = state
    return states


def apart(states):
    """What keeps them from hearing each other."""
    yield from _redis(states.values())
    yield from _hearing(states)


def _redis(states):
    used = sorted({state["redis"] for state in states})
    if len(used) > 1:
        yield wrong(
            NAME,
            f"They do not share a Redis: {' and '.join(used)}.",
            "Start all of them with the same REDIS_URL.",
        )


def _modes(states):
    if any(state["mode"] == "degraded" for state in states):
        yield wrong(
            NAME,
            "At least one works without Redis: everything arrives, later, but typing and presence do not.",
            "See the finding about Redis; it comes back by itself within 3 s once Redis answers.",
        )


def _hearing(states):
    """Each must hear every other one that serves lines; one that serves none has nothing to hear with."""
    live = {name: state for name, state in states.items() if state["mode"] == "live"}
    deaf = [name for name, state in live.items() if set(live) - {name} - set(state.get("hears", []))]
    if deaf and len({state["redis"] for state in live.values()}) == 1:
        yield wrong(
            NAME,
            f"{len(deaf)} of {len(live)} do not hear the others, though all name the Redis at {_any(live)['redis']}.",
            "The same address leads to different servers: see to the network, then restart Redis and all of them.",
        )


def _any(states):
    return next(iter(states.values()))
