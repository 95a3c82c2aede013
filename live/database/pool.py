"""A pool is a few threads with database connections of their own, off the thread that pages share."""

import asyncio
import logging
import os
import time
from contextlib import suppress
from functools import partial
from socket import SHUT_RDWR, socket

from django.db import DatabaseError, InterfaceError, OperationalError, connections

from ..failpoints import is_off
from .threads import Threads
from .trouble import Trouble

log = logging.getLogger(__name__)

AWAY = OperationalError, InterfaceError  # raised where the database is in trouble, whatever it was asked
TROUBLE = Trouble("The database", log)  # which all pools of a process share
UNANSWERED = 20.0  # seconds after the caller lost patience; by then statement_timeout has ended any statement


class Busy(Exception):
    """The database did not answer in time, or too much is waiting for it. Temporary."""


class Pool:
    """`await pool.run(function, ...)` runs a synchronous function; its connection stays open between calls."""

    def __init__(self, name, threads, patience=5.0, queue=2_000, twice=False, trouble=TROUBLE):
        self._threads = Threads(threads, name)
        self._patience = patience  # seconds a caller waits
        self._queue = queue
        self._twice = twice  # whether what met a broken connection is done again on a new one: reading is
        self._trouble = trouble
        self._waiting = 0
        self._turns = {}

    async def run(self, function, *args, **kwargs):
        if self._waiting >= self._queue:
            raise self._busy("too much is waiting for it")
        self._waiting += 1
        call = Call(self._twice, function, args, kwargs)
        future = self._threads.submit(call)
        future.add_done_callback(lambda _: self._finished())
        try:
            outcome = await asyncio.wait_for(asyncio.wrap_future(future), self._patience)
        except TimeoutError as error:
            raise self._busy("it did not answer in time") from error
        except AWAY as failure:
            self._trouble.met(failure)
            raise
        finally:
            if not future.done():  # whoever it was that lost patience
                asyncio.get_running_loop().call_later(UNANSWERED, call.cut_off)
        self._trouble.answered()
        return outcome

    @property
    def waiting(self):
        """How many calls are being made or wait for a thread."""
        return self._waiting

    async def run_in_turn(self, key, function, *args, **kwargs):
        """As run, one at a time for each key: a locked conversation holds one thread and not all of them."""
        turn = self._turns.setdefault(key, Turn())
        turn.users += 1
        try:
            async with asyncio.timeout(self._patience), turn.lock:
                return await self.run(function, *args, **kwargs)
        except TimeoutError as error:
            raise self._busy("others are still writing in the same place") from error
        finally:
            turn.users -= 1
            if not turn.users:
                del self._turns[key]

    def _busy(self, why):
        self._trouble.met(why, "busy")
        return Busy(why)

    def _finished(self):
        self._waiting -= 1  # a plain int under the GIL; off by one at worst for a moment

    def close(self):
        self._threads.close()


class Turn:
    """Whose turn it is to write to one stream, and how many hold or await it."""

    __slots__ = ("lock", "users")

    def __init__(self):
        self.lock, self.users = asyncio.Lock(), 0


class Call:
    """One call, in a thread that has a connection of its own."""

    def __init__(self, twice, function, args, kwargs):
        self._twice, self._do = twice, partial(function, *args, **kwargs)
        self._connection = None  # while it is under way

    def __call__(self):
        self._connection = connections["default"]
        try:
            return self._do()
        except (DatabaseError, InterfaceError):
            if not (_drop_broken_connections() and self._twice):
                raise
            return self._do()
        finally:
            self._connection = None

    def cut_off(self):
        """Free its thread if it still waits: the database itself would have ended a statement that takes this long."""
        connection = self._connection
        if connection is not None and connection.vendor == "postgresql" and connection.connection is not None:
            log.warning("A connection to the database is given up: nothing comes.")
            with (
                suppress(OSError, DatabaseError),
                socket(fileno=os.dup(connection.connection.fileno())) as line,
            ):
                line.shutdown(SHUT_RDWR)


def _drop_broken_connections():
    """Whether there were any. A connection that failed is tried once and closed if it does not answer."""
    broken = False
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block and not is_off("pool.mending"):
            was_open, started = connection.connection is not None, time.monotonic()
            connection.close_if_unusable_or_obsolete()
            broken |= was_open and connection.connection is None
            log.debug("looked at a failed connection for %.3f s", time.monotonic() - started)
    return broken
