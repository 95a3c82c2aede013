"""Do the Sentinels answer, name the same primary, and know of a replica that could take its place?"""

import contextlib

from operations.redis_address import Sentinels, place_of
from operations.redis_by_hand import Redis, Refused, named_by

from .finding import well, wrong

NAME = "Sentinels"
PATIENCE = 1  # second
START = (
    "Start it (redis-server sentinel.conf --sentinel): only most of them together can choose another primary."
)


def check(place):
    """Nothing, where REDIS_URL speaks of one server."""
    with contextlib.suppress(ValueError):  # which the question about Redis tells of
        if isinstance(watching := place_of(place.redis_url), Sentinels):
            yield from _judge(watching)


def _judge(watching):
    each = zip(watching.written, watching.each, strict=True)
    answers = {where: _answer(sentinel, watching.name) for where, sentinel in each}
    named = {":".join(answer) for answer in answers.values() if isinstance(answer, list)}
    trouble = [*_refused(answers), *_ignorant(answers, watching.name), *_silent(answers), *_at_odds(named)]
    if not trouble and not _standing_by(watching):
        trouble = [_alone(named)]
    yield from trouble or [
        well(NAME, f"{len(answers)} answer and name {named.pop()}, with a replica behind it.")
    ]


def _answer(sentinel, name):
    """[host, port], None, or the error."""
    try:
        return named_by(sentinel, name, PATIENCE)
    except (OSError, Refused) as error:
        return error


def _refused(answers):
    found = [where for where, answer in answers.items() if isinstance(answer, Refused)]
    if found:
        yield wrong(
            NAME,
            f"{' and '.join(found)} refuse us: {answers[found[0]]}.",
            "Put their own password at the end of REDIS_URL: /name?sentinel_password=...",
        )


def _ignorant(answers, name):
    found = [where for where, answer in answers.items() if answer is None]
    if found:
        yield wrong(
            NAME,
            f"{' and '.join(found)} know no primary called {name}.",
            "Let REDIS_URL end with the name that stands after `sentinel monitor` in their sentinel.conf.",
        )


def _silent(answers):
    found = [where for where, answer in answers.items() if isinstance(answer, OSError)]
    if found:
        why = answers[found[0]].strerror or answers[found[0]]
        yield wrong(NAME, f"{len(found)} of {len(answers)} do not answer: {', '.join(found)} ({why}).", START)


def _at_odds(named):
    if len(named) > 1:
        yield wrong(
            NAME,
            f"They name different primaries: {' and '.join(sorted(named))}.",
            "They may be choosing: ask again in a minute. If it stays, compare `sentinel monitor` of each.",
        )


def _standing_by(watching):
    """Whether the first of them knows of a replica that is up. It is told as a flat list of names and values."""
    with Redis(watching.each[0], PATIENCE) as line:
        replicas = line.ask("SENTINEL", "SLAVES", watching.name)
    flags = [dict(zip(told[::2], told[1::2], strict=True))["flags"] for told in replicas]
    return any("down" not in each and "disconnected" not in each for each in flags)


def _alone(named):
    return wrong(
        NAME,
        f"No replica stands behind {named.pop()}: when it dies, none can take its place.",
        "Start the other Redis, with `replicaof` and the same password (docs/deploy/redis.conf).",
    )
