"""How the libraries that use Redis reach it: at one server, or at whichever the Sentinels call the primary."""

from contextlib import contextmanager
from urllib.parse import quote

from django.core.exceptions import ImproperlyConfigured
from kombu.transport import TRANSPORT_ALIASES
from redis import Redis
from redis.asyncio import BlockingConnectionPool
from redis.asyncio import Redis as AsyncRedis
from redis.asyncio.sentinel import Sentinel as AsyncSentinel
from redis.asyncio.sentinel import SentinelConnectionPool, SentinelManagedConnection
from redis.sentinel import Sentinel

from operations.redis_address import HOW_TO_WRITE_IT, Sentinels, place_of

WAIT = 0.5  # seconds for a free connection
SPOKEN = {"protocol": 2}  # the library would begin with HELLO, which Redis 5 does not know
# Sentinels are asked one after the other within the half second that any call of the channel layer may take, so a
# machine that is gone must not use it up; of itself the library would ask it ten times more.
ASKING = {**SPOKEN, "socket_timeout": 0.2, "socket_connect_timeout": 0.2, "retry": None}

# Kombu goes back to these names whenever it turns to another Sentinel, so it is they that lead to ours.
TRANSPORT_ALIASES.update(redis="kanban_board.broker:Transport", rediss="kanban_board.broker:Transport")
TRANSPORT_ALIASES.update(sentinel="kanban_board.broker:SentinelTransport")


def reached_at(url):
    """OneServer or WatchedServers; ImproperlyConfigured says what is wrong with the address."""
    try:
        place = place_of(url)
    except ValueError as error:
        raise ImproperlyConfigured(f"REDIS_URL cannot be read: {error}. {HOW_TO_WRITE_IT}") from None
    return WatchedServers(place) if isinstance(place, Sentinels) else OneServer(place, url)


class OneServer:
    """`layer` is a host for the channel layer; `broker` and `broker_options` are for Celery; `shown` is for people."""

    def __init__(self, place, url):
        self._url, self.shown = url, str(place)
        self._alive = {} if place.scheme == "unix" else {"socket_keepalive": True}  # a local socket has none

    @property
    def layer(self):
        return {"address": self._url, **SPOKEN, **self._alive}

    @property
    def broker(self):
        """A socket of this machine is called something else by Celery, and over TLS it believes any certificate unless
        it is told not to.
        """
        if self._url.startswith("unix:"):
            return self._url.replace("unix:", "redis+socket:", 1)
        if self._url.startswith("rediss:") and "ssl_cert_reqs=" not in self._url:
            return f"{self._url}{'&' if '?' in self._url else '?'}ssl_cert_reqs=required"
        return self._url

    @property
    def broker_options(self):
        return self._alive

    def client(self, **how):
        """A context manager."""
        return Redis.from_url(self._url, **SPOKEN, **how)

    def async_client(self, most, **how):
        """One that has at most so many connections, and waits for one of them."""
        limits = {"max_connections": most, "timeout": WAIT}
        pool = BlockingConnectionPool.from_url(self._url, **limits, **SPOKEN, **how)
        return AsyncRedis(connection_pool=pool)


class WatchedServers:
    """The same by way of Sentinels: each new connection asks them which server is the primary now."""

    def __init__(self, place):
        self._place, self.shown = place, str(place)
        self._asking = {**ASKING, "password": place.own_password or None}
        self._login = {
            **SPOKEN,
            "username": place.username or None,
            "password": place.password or None,
            "db": place.database,
            "socket_keepalive": True,
        }

    @property
    def layer(self):
        asked = {"sentinels": list(self._place.places), "master_name": self._place.name}
        return {
            **asked,
            "sentinel_kwargs": self._asking,
            "connection_class": Forgetful,
            **self._login,
        }

    @property
    def broker(self):
        """Each Sentinel as an address of its own."""
        place, login = self._place, ""
        if place.password:
            login = f"{quote(place.username, safe='')}:{quote(place.password, safe='')}@"
        return ";".join(f"sentinel://{login}{host}/{place.database}" for host in place.written)

    @property
    def broker_options(self):
        return {"master_name": self._place.name, "sentinel_kwargs": self._asking, "socket_keepalive": True}

    @contextmanager
    def client(self, **how):
        with (
            Sentinel(self._place.places, sentinel_kwargs=self._asking) as sentinels,
            sentinels.master_for(self._place.name, **self._login, **how) as redis,
        ):
            yield redis

    def async_client(self, most, **how):
        """One that has at most so many connections, and waits for one of them."""
        sentinels = AsyncSentinel(self._place.places, sentinel_kwargs=self._asking)
        limits = {"max_connections": most, "timeout": WAIT, "connection_pool_class": WaitingPool}
        return sentinels.master_for(self._place.name, **limits, **self._login, **how)


class Forgetful(SentinelManagedConnection):
    """A connection to the primary that leaves none to a Sentinel open: the channel layer, of which there is one after
    the other while Redis is away, never closes those.
    """

    async def connect(self):
        try:
            await super().connect()
        finally:
            for sentinel in self.connection_pool.sentinel_manager.sentinels:
                await sentinel.connection_pool.disconnect(inuse_connections=False)


class WaitingPool(SentinelConnectionPool, BlockingConnectionPool):
    """Connections to the primary, of which one waits for a free one."""
