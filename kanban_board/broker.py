"""How jobs reach Redis: Kombu's own way, in the words of Redis 5, for Kombu's are those of Redis 6.2."""

from functools import cached_property, partial

from kombu.transport import redis as usual

from .redis import SPOKEN

# A queue of short life keeps its place in the table KEYS[1] as ARGV[1], and the table is due to be cleared away at the
# latest time that any of them asked for: ARGV[3] ms from now, noted in KEYS[2] under ARGV[2]. ZADD GT would say it.
KEEP_ITS_PLACE = """
redis.call('SADD', KEYS[1], ARGV[1])
local now = redis.call('TIME')
local due = now[1] * 1000 + math.floor(now[2] / 1000) + ARGV[3]
if due > tonumber(redis.call('ZSCORE', KEYS[2], ARGV[2]) or 0) then
    redis.call('ZADD', KEYS[2], due, ARGV[2])
end
"""


class Client(usual.PrefixedStrictRedis):
    PREFIXED_SIMPLE_COMMANDS = [*usual.PrefixedStrictRedis.PREFIXED_SIMPLE_COMMANDS, "ZREVRANGEBYSCORE"]

    def ping(self, **how):
        """Kombu asks so whether it is connected; to one that takes nothing, as a replica does not, it waits longer each
        time before it asks again.
        """
        self.delete("nothing")
        return super().ping(**how)

    def zrange(self, name, start, end, *, desc, byscore, offset, num, withscores):
        """Kombu asks only so: for jobs taken before `start`, the latest first."""
        assert desc and byscore
        return self.zrevrangebyscore(name, start, end, offset, num, withscores)


class PlainWords:
    """What both kinds of channel say otherwise."""

    def _connparams(self, *words, **how):
        return {**super()._connparams(*words, **how), **SPOKEN}

    def _get_client(self):
        return partial(Client, global_keyprefix=self.global_keyprefix)

    @cached_property
    def _refresh_binding(self):
        return self._create_client().register_script(KEEP_ITS_PLACE)


class Channel(PlainWords, usual.Channel):
    pass


class SentinelChannel(PlainWords, usual.SentinelChannel):
    pass


class Transport(usual.Transport):
    Channel = Channel


class SentinelTransport(usual.SentinelTransport):
    Channel = SentinelChannel
