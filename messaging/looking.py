"""Where people are looking just now: told by their browsers, kept in Redis for a minute, asked before anybody is woken.

Without Redis nobody is known to look, and nobody is woken either: the jobs that wake people come through Redis too.
"""

import secrets
import time
from functools import cache

from django.conf import settings
from redis.exceptions import RedisError

LASTS = 75  # seconds; a browser says it again every 30
PROMPT = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}
MOST_CONNECTIONS = 8  # to Redis, of one process
NOWHERE = 0  # in the product, but at no conversation


class Look:
    """What one open page says of its person's eyes."""

    def __init__(self, user_id):
        self._key, self._name, self._is_told = _key(user_id), secrets.token_hex(6), False

    async def turns_to(self, conversation_id):
        """Looking at a conversation, at none (0), or away (None). Never raises, never waits for long."""
        if conversation_id is None and not self._is_told:
            return
        try:
            await self._tell(conversation_id)
            self._is_told = conversation_id is not None
        except (RedisError, OSError):
            pass

    async def _tell(self, conversation_id):
        if conversation_id is None:
            await _redis().hdel(self._key, self._name)
            return
        said = f"{conversation_id} {time.time() + LASTS:.0f}"
        await _redis().hset(self._key, self._name, said)
        await _redis().expire(self._key, LASTS)


def places_looked_at(user_ids):
    """{user id: the conversations they look at just now}, of those who look at all."""
    ids = list(user_ids)
    try:
        with settings.REDIS.client(decode_responses=True, **PROMPT) as redis:
            pipeline = redis.pipeline(transaction=False)
            for id in ids:
                pipeline.hvals(_key(id))
            said = pipeline.execute()
    except (RedisError, OSError):
        return {}
    looked_at = {id: _still_true(words) for id, words in zip(ids, said, strict=True)}
    return {id: places for id, places in looked_at.items() if places}


def _still_true(words):
    now = time.time()
    told = [one.split() for one in words]
    return {int(place) for place, until in told if float(until) > now}


def _key(user_id):
    return f"prizmai-{settings.INSTALLATION}:looking:{user_id}"


@cache
def _redis():
    return settings.REDIS.async_client(MOST_CONNECTIONS, **PROMPT)
