"""Is a line on which nothing is said left open by the proxy? One with too little patience cuts it again and again."""

import sys
import time

from operations.websocket_by_hand import Closed, NoUpgrade

from .finding import unasked, well, wrong
from .road import open_line
from .trial import trial

NAME = "A quiet line"
HELD = 21.0  # seconds: the server itself says something every 20
GONE = 1006  # closed without a word


def check(place):
    """Only where people come by https, and so by a proxy: it takes its time."""
    if not place.urls[0].startswith("https://"):
        return
    place.need_django()
    from django.db import DatabaseError

    from .database import trouble

    if because := trouble():
        yield unasked(NAME, because)
        return
    print(f"Waiting {HELD:.0f} s for what becomes of a quiet line ...", file=sys.stderr)
    try:
        with trial() as (conversation, (cookie, _)):
            yield _held_at(place, f"/ws/chat-room/{conversation}/", cookie)
    except DatabaseError:
        yield unasked(NAME, "the database takes nothing")


def _held_at(place, path, cookie):
    try:
        with open_line(place.urls[0], place, path, cookie) as line:
            return _held(line)
    except (NoUpgrade, Closed, OSError):
        return unasked(NAME, "no line opens")


def _held(line):
    began = time.monotonic()
    try:
        line.hear(lambda frame: False, timeout=HELD)
    except TimeoutError:
        return well(NAME, f"Was left open for {HELD:.0f} s.")
    except Closed as closed:
        if closed.code != GONE:
            raise
    return wrong(
        NAME,
        f"Was cut after {time.monotonic() - began:.0f} s: everybody's connection drops as often.",
        "Let the proxy be patient with lines: proxy_read_timeout of nginx (docs/deploy/nginx.conf), 90 s or more.",
    )
