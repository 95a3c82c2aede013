"""Who comes with many others is let in in their turn, and in between the loop does what else there is to do."""

import asyncio
import socket

from live.loop import AT_ONCE, Loop, Usual

MANY = 100


def most_let_in_at_once(loop):
    """Of many that come while the loop is busy; all of them found a place to wait, and are let in."""
    turns = []

    async def count():
        server = await loop.create_server(Door, "127.0.0.1", 0, backlog=MANY)
        address = server.sockets[0].getsockname()
        callers = [socket.create_connection(address, timeout=5) for _ in range(MANY)]
        while sum(turns) < MANY:
            turns.append(0)
            await asyncio.sleep(0)
        for caller in callers:
            caller.close()
        server.close()

    class Door(asyncio.Protocol):
        def connection_made(self, transport):
            turns[-1] += 1

    try:
        loop.run_until_complete(asyncio.wait_for(count(), 10))
    finally:
        loop.close()
    return max(turns)


def test_a_few_are_let_in_at_once():
    assert most_let_in_at_once(Loop()) <= AT_ONCE + 1


def test_asyncio_lets_all_in_at_once():
    assert most_let_in_at_once(Usual()) > AT_ONCE + 1
