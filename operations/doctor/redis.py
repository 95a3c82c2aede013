"""Does Redis run, let us in, take what is written, answer quickly, and is it new enough?"""

import time

from operations.redis_address import HOW_TO_WRITE_IT, place_of
from operations.redis_by_hand import Redis, Refused, primary_of, try_to_write, version
from operations.redis_cures import cure_of
from operations.start.redis_choice import OLDEST

from .finding import unasked, well, wrong

NAME = "Redis"
SLOW = 0.05  # seconds a PING may take on a healthy network
START = "Start it (redis-server), or start everything with ./start_prizmAI.sh, which brings one along."


def check(place):
    try:
        where = primary_of(place_of(place.redis_url), timeout=1)
    except ValueError as error:
        yield wrong(NAME, f"REDIS_URL cannot be read: {error}.", HOW_TO_WRITE_IT)
        return
    except OSError:
        yield unasked(NAME, "no Sentinel says where it is")
        return
    try:
        with Redis(where, timeout=2) as redis:
            yield from _judge(where, redis)
    except Refused as refusal:
        yield wrong(
            NAME, f"The one at {where} refuses us: {str(refusal).rstrip('.')}.", cure_of(str(refusal))
        )
    except TimeoutError:
        yield wrong(
            NAME, f"The one at {where} takes the connection but does not answer.", f"It hangs. {START}"
        )
    except OSError as error:
        yield wrong(NAME, f"None answers at {where} ({error.strerror or error}).", START)


def _judge(where, redis):
    took = min(_seconds(redis) for _ in range(5))
    found = version(redis)
    try_to_write(redis)
    words = ".".join(map(str, found))
    if found < OLDEST:
        yield wrong(
            NAME, f"The one at {where} is too old: {words}.", "Version 5 or newer is needed: upgrade it."
        )
    elif took > SLOW:
        yield wrong(
            NAME,
            f"The one at {where} is slow: the fastest of five answers took {took * 1000:.0f} ms.",
            "See what it is busy with (redis-cli --latency, redis-cli slowlog get), or bring it nearer.",
        )
    else:
        yield well(NAME, f"Answers at {where}, version {words}, in {took * 1000:.1f} ms.")


def _seconds(redis):
    started = time.perf_counter()
    redis.ask("PING")
    return time.perf_counter() - started


def unreachable(place, name):
    """A Finding that excuses a question which needs Redis, or None when Redis is there and takes what is written."""
    try:
        with Redis(place.redis_url, timeout=1) as redis:
            try_to_write(redis)
    except (OSError, ValueError):
        return unasked(name, "Redis does not answer")
    except Refused:
        return unasked(name, "Redis refuses us")
    return None
