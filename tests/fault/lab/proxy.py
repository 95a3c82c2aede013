"""A proxy stands on a link and breaks it: down, latency, blackhole, reset, slices, a limit of bytes, each way alone."""

import asyncio
import contextlib
import random
import socket
import struct
from dataclasses import dataclass, field

READ = 65_536
MOST_UNDER_WAY = 1_000  # pieces
RESET = struct.pack("ii", 1, 0)  # SO_LINGER of zero: close() sends RST


@dataclass
class Way:
    """One direction of the link, and what is wrong with it."""

    latency: float = 0.0  # seconds each piece is held back
    jitter: float = 0.0  # at most so many seconds more
    slice: int = READ  # bytes passed on at a time
    limit: int | None = None  # bytes that still pass before the link is cut
    resets: float = 0.0  # of all pieces, the share at which the link breaks
    open: asyncio.Event = field(default_factory=asyncio.Event)  # not set: a black hole

    def __post_init__(self):
        self.open.set()

    def swallow(self):
        self.open.clear()

    def heal(self):
        self.latency, self.jitter, self.slice, self.limit, self.resets = 0.0, 0.0, READ, None, 0.0
        self.open.set()


class Proxy:
    """`port` is what it leads to; `ear` a bound socket to listen on, if it is to be a certain one."""

    def __init__(self, port, seed=1, ear=None):
        self.target, self.port, self._ear = port, None, ear
        self.to_server, self.to_client = Way(), Way()
        self.passed = {id(self.to_server): 0, id(self.to_client): 0}
        self._links, self._server, self._random = set(), None, random.Random(seed)

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    async def __aenter__(self):
        await self.up()
        return self

    async def __aexit__(self, *failure):
        await self.down()

    async def up(self):
        where = {"sock": self._ear} if self._ear else {"host": "127.0.0.1", "port": self.port or 0}
        self._server = await asyncio.start_server(self._met, **where)
        self.port = self._server.sockets[0].getsockname()[1]

    async def down(self):
        """Nobody listens any more, and what was open is gone."""
        self._server.close()
        self.reset()
        await asyncio.gather(*self._links, return_exceptions=True)

    def reset(self):
        for link in list(self._links):
            link.cancel()

    def fall_silent(self):
        """What is open stays so, and nothing passes any more, for good; who comes later is served."""
        for way in (self.to_server, self.to_client):
            way.swallow()
        self.to_server, self.to_client = Way(), Way()
        self.passed |= {id(self.to_server): 0, id(self.to_client): 0}

    def bytes_to_server(self):
        return self.passed[id(self.to_server)]

    def bytes_to_client(self):
        return self.passed[id(self.to_client)]

    async def _met(self, reader, writer):
        link = asyncio.current_task()
        self._links.add(link)
        ends = [writer]
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
            ends.append(far_writer)
            await self._carry(reader, writer, far_reader, far_writer)
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            self._links.discard(link)
            for end in ends:
                _cut(end)

    async def _carry(self, reader, writer, far_reader, far_writer):
        """What is delayed is on its way: it does not hold up the reading of what comes after it."""
        there, back = asyncio.Queue(MOST_UNDER_WAY), asyncio.Queue(MOST_UNDER_WAY)
        readings = [self._read(reader, there, self.to_server), self._read(far_reader, back, self.to_client)]
        bringings = [
            self._bring(there, far_writer, self.to_server),
            self._bring(back, writer, self.to_client),
        ]
        tasks = [asyncio.create_task(work) for work in (*bringings, *readings)]
        try:
            await asyncio.wait(tasks[:2], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _read(self, reader, under_way, way):
        with contextlib.suppress(OSError):
            while data := await reader.read(READ):
                await under_way.put((self._due(way), data))
        await under_way.put((0.0, b""))

    def _due(self, way):
        delay = way.latency + self._random.random() * way.jitter if way.latency or way.jitter else 0.0
        return asyncio.get_running_loop().time() + delay

    async def _bring(self, under_way, writer, way):
        loop = asyncio.get_running_loop()
        while True:
            due, data = await under_way.get()
            if not data:
                return
            if due > loop.time():
                await asyncio.sleep(due - loop.time())
            for start in range(0, len(data), way.slice):
                if not await self._pass_on(data[start : start + way.slice], writer, way):
                    return

    async def _pass_on(self, piece, writer, way):
        """Whether the link lives on."""
        if way.resets and self._random.random() < way.resets:
            return False
        await way.open.wait()
        whole = way.limit is None or len(piece) < way.limit
        if not whole:
            piece = piece[: way.limit]
        if way.limit is not None:
            way.limit -= len(piece)
        writer.write(piece)
        self.passed[id(way)] += len(piece)
        await writer.drain()
        return whole


def _cut(writer):
    """Close with a reset, as a fallen link does; what was already passed on is not taken back."""
    with contextlib.suppress(OSError, AttributeError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    writer.transport.abort()
