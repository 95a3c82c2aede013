"""Do all web processes of the installation share one Redis, and hear each other?

Those that answer say how they stand. Behind one address it is chance who answers: of the others the database tells, in
which each that serves lines writes down of itself (live/diary.py).
"""

import json
import time
from dataclasses import dataclass

from operations.redis_address import place_of
from operations.start.readiness import is_ours
from operations.websocket_by_hand import ask_http

from .finding import unasked, well, wrong
from .place import DjangoFails
from .redis import unreachable

NAME = "Web processes"
ASKED = 24  # times: so many, that of eight processes which take turns by chance all come to answer
ASKED_OF_ONE = 2
INTRODUCED = (
    12  # seconds in which two that are live hear of each other: live/presence/roster.py tells every 10
)
SILENT = 17  # seconds after which one that lives has written again: live/diary.py does every 13.5 to 16.5


@dataclass(frozen=True)
class Standing:
    """How a process stood at a moment, and since when its mode was that, in seconds since 1970."""

    name: str
    mode: str
    redis: str
    hears: list
    since: float
    at: float
    place: str = ""  # where it is, of one that did not answer


def check(place):
    answered, wrote = _who_answer(place), _who_write(place)
    if not answered:
        yield unasked(NAME, "none of them answers there")
        return
    silent = [one for one in wrote if one.name not in {other.name for other in answered}]
    known = [*answered, *(one for one in silent if one.at > time.time() - SILENT)]
    found = [*_modes(known), *apart(known), *_elsewhere(known, place)]
    yield from found or [_all_well(answered, known)]


def _all_well(answered, known):
    by = f"by the Redis at {known[0].redis}."
    if len(known) == len(answered):
        return well(NAME, f"{len(answered)} answered, {by}")
    others = ", ".join(one.place for one in known if one.place)
    return well(
        NAME,
        f"{len(answered)} of {len(known)} answered here; how the others stand they wrote down ({others}): {by}",
    )


def _who_answer(place):
    began, states = time.time(), {}
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
    return [
        Standing(one, told["mode"], told["redis"], told["hears"], told.get("since") or began, time.time())
        for one, told in states.items()
    ]


def _who_write(place):
    try:
        place.need_django()
    except DjangoFails:
        return []
    from django.db import DatabaseError, connection

    from operations.models import LineProcess

    try:
        return [written(one) for one in LineProcess.alive()]
    except DatabaseError:
        return []
    finally:
        connection.close()


def written(one):
    """The Standing of a LineProcess."""
    since, at = one.since.timestamp(), one.at.timestamp()
    return Standing(one.name, one.mode, one.redis, one.hears, since, at, f"process {one.pid} on {one.host}")


def apart(known):
    """What keeps them from hearing each other. One that has ended is not held against those that came after it."""
    yield from _redis(known)
    yield from _hearing(known)


def _redis(known):
    used = {
        one.redis for one in known for other in known if one.redis != other.redis and _together(one, other)
    }
    if used:
        yield wrong(
            NAME,
            f"They do not share a Redis: {' and '.join(sorted(used))}.",
            "Start all of them with the same REDIS_URL.",
        )


def _modes(known):
    degraded = [one for one in known if one.mode == "degraded"]
    if degraded:
        yield wrong(
            NAME,
            f"{len(degraded)} of {len(known)} work without Redis: all arrives, later, but typing and presence do not.",
            "See the finding about Redis; it comes back by itself within 3 s once Redis answers.",
        )


def _elsewhere(known, place):
    """That this terminal finds no Redis is no fault of theirs when it was told of another one."""
    used = {one.redis for one in known}
    if len(used) == 1 and unreachable(place, NAME) and not (used & _names_of(place.redis_url)):
        yield wrong(
            NAME,
            f"They use the Redis at {used.pop()}: this terminal knows of another one, which does not serve.",
            "Run the diagnostic with the REDIS_URL that they were started with.",
        )


def _names_of(url):
    try:
        return {str(place_of(url))}
    except ValueError:
        return set()


def _hearing(known):
    """Each must hear every other one that serves lines; one that serves none has nothing to hear with."""
    live = [one for one in known if one.mode == "live"]
    deaf = [
        one for one in live if any(_should_hear(one, other) and other.name not in one.hears for other in live)
    ]
    if deaf and len({one.redis for one in live}) == 1:
        yield wrong(
            NAME,
            f"{len(deaf)} of {len(live)} do not hear the others, though all name the Redis at {deaf[0].redis}.",
            "The same address leads to different servers: see to the network, then restart Redis and all of them.",
        )


def _together(one, other):
    """Whether they stood as they do at the same time."""
    return min(one.at, other.at) > max(one.since, other.since)


def _should_hear(one, other):
    """Whether, when one said whom it hears, they had had the time to hear of each other, and the other still lived."""
    introduced = max(one.since, other.since) + INTRODUCED
    return one.name != other.name and introduced < one.at < other.at + SILENT
