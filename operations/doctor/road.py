"""Does a message said on one line come out of another, through the running server, and how fast?"""

import time
import uuid

from live.sockets.close_codes import FORBIDDEN, SIGNED_OUT, TOO_FAST
from operations.database_cures import cure_of, first_line
from operations.websocket_by_hand import Closed, NoUpgrade, WebSocket

from .finding import unasked, well, wrong
from .trial import trial

NAME = "A message"
PATIENCE = 8.0  # seconds
SLOW = 1.0

REFUSALS = {
    SIGNED_OUT: (
        "The server does not accept a session made here",
        "It runs on another database or with another SECRET_KEY than this terminal: give both the same environment.",
    ),
    FORBIDDEN: (
        "The server says that members of a conversation may not read it",
        "It runs on another database than this terminal (DATABASE_URL), or on older code: start it again.",
    ),
    TOO_FAST: ("The server finds us too fast", "Wait a moment, then run the diagnostic again."),
}


def check(place):
    place.need_django()
    from .database import trouble

    if because := trouble():
        yield unasked(NAME, because)
        return
    yield _try(place)


def _try(place):
    from django.db import DatabaseError, connection

    try:
        with trial() as (conversation, cookies):
            return _say_and_hear(place, f"/ws/chat-room/{conversation}/", cookies)
    except DatabaseError as error:
        return wrong(NAME, f"It cannot be saved: {first_line(error)}", cure_of(error, connection.vendor))


def _say_and_hear(place, path, cookies):
    ends = [place.urls[0], place.urls[-1]]
    try:
        with (
            open_line(ends[0], place, path, cookies[0]) as one,
            open_line(ends[1], place, path, cookies[1]) as two,
        ):
            return _judge(one, two)
    except NoUpgrade as answer:
        return wrong(
            NAME, f"The line is refused (HTTP {answer.status}).", "See the finding about WebSockets."
        )
    except Closed as closed:
        what, cure = REFUSALS.get(
            closed.code, (f"The server closed the line with {closed.code}", "See its log.")
        )
        return wrong(NAME, f"{what}.", cure)
    except TimeoutError:
        return wrong(NAME, "The line opens, but the server says nothing on it.", "See its log, logs/web.log.")
    except OSError:
        return unasked(NAME, "the web server cannot be reached")


def open_line(url, place, path, cookie):
    """A WebSocket that was welcomed."""
    line = WebSocket(
        url, path, headers={**place.headers, "Cookie": cookie}, protocol="prizmai.v2", timeout=PATIENCE
    )
    try:
        line.hear(lambda frame: frame.get("type") == "welcome")
    except BaseException:
        line.close()
        raise
    return line


def _judge(one, two):
    name = str(uuid.uuid4())
    started = time.perf_counter()
    one.say({"type": "chat_message", "message": "A trial of the diagnostic.", "client_id": name})
    answer = one.hear(lambda frame: frame.get("client_id") == name and frame.get("type") in ("ack", "error"))
    if answer["type"] == "error":
        return wrong(
            NAME, f"It is refused: {answer.get('detail')}", "See the log of the web server, logs/web.log."
        )
    try:
        two.hear(
            lambda frame: frame.get("type") == "chat_message" and frame.get("id") == answer["message_id"]
        )
    except TimeoutError:
        return wrong(
            NAME,
            f"It was saved, but the other line did not hear it within {PATIENCE:.0f} s.",
            "Look into logs/web.log, and restart Redis, then the web server.",
        )
    took = time.perf_counter() - started
    if took > SLOW:
        cure = "Redis does not relay (see its finding), or the machine is very busy."
        return wrong(NAME, f"It was heard on another line, but only after {took:.1f} s.", cure)
    return well(
        NAME, f"Was said on one line and heard on another, {took * 1000:.0f} ms later; it is removed again."
    )
