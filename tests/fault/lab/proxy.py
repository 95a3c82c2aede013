"""A proxy stands on a link and breaks it: down, latency, blackhole, reset, slices, a limit of bytes, each way alone."""

import asyncio
import contextlib
import random
import socket
import struct
from dataclasses import dataclass, field

READ = 65_536
RESET = struct.pack("ii", 1, 0)  # SO_LINGER of zero: close() sends RST


@dataclass
class Way:
    """One direction of the link, and what is wrong with it."""

    latency: float = 0.0  # seconds each piece is held back
    jitter: float = 0.0  # at most so many seconds more
    slice: int = READ  # bytes passed on at a time
    limit: int | None = None  # bytes that still pass before the link is cut
    open: asyncio.Event = field(default_factory=asyncio.Event)  # not set: a black hole

    def __post_init__(self):
        self.open.set()

    def swallow(self):
        self.open.clear()

    def heal(self):
        self.latency, self.jitter, self.slice, self.limit = 0.0, 0.0, READ, None
        self.open.set()


class Proxy:
    def __init__(self, port, seed=1):
        self.target, self.port = port, None
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
        self._server = await asyncio.start_server(self._met, "127.0.0.1", self.port or 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def down(self):
        """Nobody listens any more, and what was open is gone."""
        self._server.close()
        self.reset()
        await asyncio.gather(*self._links, return_exceptions=True)

    def reset(self):
        for link in list(self._links):
            link.cancel()

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
        there = asyncio.create_task(self._pump(reader, far_writer, self.to_server))
        back = asyncio.create_task(self._pump(far_reader, writer, self.to_client))
        try:
            await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            there.cancel(), back.cancel()
            await asyncio.gather(there, back, return_exceptions=True)

    async def _pump(self, reader, writer, way):
        while data := await reader.read(READ):
            for start in range(0, len(data), way.slice):
                if not await self._pass_on(data[start : start + way.slice], writer, way):
                    return

    async def _pass_on(self, piece, writer, way):
        """Whether the link lives on."""
        if way.latency or way.jitter:
            await asyncio.sleep(way.latency + self._random.random() * way.jitter)
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
