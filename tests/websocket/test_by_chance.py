"""Whatever happens on a line, its client gets what it was told: each byte once, and in order. Tried by chance.

Some lines read fast and some slowly, ask, ping, resume, leave, fall silent or are cut, all through sockets with little
room. A failure shows its seed: with that in SEED the same is tried again, as far as two processes can.
"""

import asyncio
import json
import os
import random
import socket
import struct
import zlib
from contextlib import suppress

import pytest

from ..fault.lab.web import DAPHNE, UVICORN, Web

LINES = 40
LITTLE = 4_096  # bytes of room in a socket
TEXT, UNKNOWN, CLOSE, PING, PONG = 1, 3, 8, 9, 10
MANNERS = {
    "stays": 10,
    "is slow": 6,
    "leaves": 3,
    "stops reading": 2,
    "says no more": 2,
    "breaks a rule": 2,
    "is cut": 3,
}  # how often
HANDSHAKE = (
    "GET /{} HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: prizmai.v2\r\n\r\n"
)


@pytest.fixture(params=[DAPHNE, UVICORN])
def babbling(request, tmp_path):
    seed = int(os.environ.get("SEED") or random.randrange(10**6))
    print(f"SEED={seed}")
    env = {**os.environ, "SEED": str(seed), "LINES": str(LINES)}
    env["DJANGO_SETTINGS_MODULE"] = "tests.websocket.babble"
    web = Web(request.param, env=env, folder=tmp_path, application="tests.websocket.babble:application")
    web.seed = seed
    web.start().wait()
    yield web
    web.stop()


class Client:
    """A browser, byte by byte."""

    def __init__(self, number, web):
        self.path, self._web = f"/{number}", web
        self._chance = random.Random(f"{web.seed} {number}")
        (self.manner,) = self._chance.choices(list(MANNERS), MANNERS.values())
        self.texts, self.pings, self.pongs, self.code = [], [], [], None
        self.left, self.has_said_all, self.is_told_all = b"", False, False

    async def lives(self):
        self._loop, self._socket = asyncio.get_running_loop(), socket.socket()
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, LITTLE)
        with self._socket:
            await self._loop.sock_connect(self._socket, ("127.0.0.1", self._web.port))
            await self._sends(HANDSHAKE.format(self.path[1:]).encode())
            while b"\r\n\r\n" not in self.left:
                data = await self._loop.sock_recv(self._socket, 1_000)
                assert data, "turned away"
                self.left += data
            self.left = self.left.partition(b"\r\n\r\n")[2]
            with suppress(OSError):
                await self._reads_to_the_end()
        return self

    async def _reads_to_the_end(self):
        patience = self._chance.randint(5, 300)  # reads, until it does what it is here for
        while data := await self._loop.sock_recv(self._socket, self._chance.choice((10, 500, 5_000, 50_000))):
            self._hears(data)
            patience -= 1
            if patience == 0 and not self.is_told_all:
                await self._does_what_it_is_here_for()
            elif not self.has_said_all and self._chance.random() < 0.1:
                await self._sends(b"".join(self._says() for _ in range(self._chance.randint(1, 3))))
            if self.manner == "is slow" and self._chance.random() < 0.5:
                await asyncio.sleep(self._chance.random() / 100)

    async def _does_what_it_is_here_for(self):
        match self.manner:
            case "leaves":
                await self._leaves(self._says() + self._says())
            case "stops reading":
                await asyncio.sleep(2)
            case "breaks a rule":
                await self._sends(frame(UNKNOWN, b""))
            case "says no more":
                self._socket.shutdown(socket.SHUT_WR)
                self.has_said_all = True
            case "is cut":
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                raise ConnectionAbortedError

    async def _leaves(self, last_words=b""):
        if not self.has_said_all:
            self.has_said_all = True
            with suppress(OSError):
                await self._sends(last_words + frame(CLOSE, struct.pack("!H", 1000)))

    def _says(self):
        what = self._chance.choices(("ping", "ask", "resume"), (5, 5, 1))[0]
        if what == "ping":
            self.pings.append(self._chance.randbytes(4))
            return frame(PING, self.pings[-1])
        return frame(TEXT, json.dumps({"type": what}).encode())

    async def _sends(self, data):
        await self._loop.sock_sendall(self._socket, data)

    # -- what it gets ----------------------------------------------------------------------------------------

    def _hears(self, data):
        self.left += data
        while (size := whole(self.left)) is not None:
            start, end = size
            self._is_told(self.left[0], self.left[start:end])
            self.left = self.left[end:]

    def _is_told(self, first, payload):
        assert first & 0xF0 == 0x80, "this is no beginning of a frame"
        opcode = first & 0x0F
        assert self.code is None or opcode == PONG, "something came after a close"
        if opcode == TEXT:
            self.texts.append(payload)
            if json.loads(payload).get("over"):
                self.is_told_all = True
                self._leaving = self._loop.create_task(self._leaves())
        elif opcode == CLOSE:
            self.code = int.from_bytes(payload[:2])
            self._leaving = self._loop.create_task(self._leaves())
        elif opcode == PONG:
            self.pongs.append(payload)
        else:
            assert opcode == PING, f"nobody says {opcode}"

    def got_what_it_was_told(self, told, code):
        """`code` is with what it was put out, if it was."""
        print(f"line {self.path} {self.manner}")
        got = [zlib.crc32(text) for text in self.texts]
        assert got == told[: len(got)]
        assert self.pongs == self.pings[: len(self.pongs)]
        if self.is_told_all:
            assert (self.pongs, self.code, self.left) == (self.pings, 1000, b"")
        elif code and self.code == code:
            assert (len(got), self.left) == (len(told), b"")
        self._counts_by_one()

    def _counts_by_one(self):
        """From its welcome on, and on from there when it resumes; with no acknowledgement before what it is of."""
        at = None
        for told in map(json.loads, self.texts):
            match told:
                case {"welcome": head}:
                    assert at in (None, head)
                    at = head
                case {"revision": revision}:
                    at += 1
                    assert at == revision
                case {"ack": revision}:
                    assert revision <= at


def whole(data):
    """(where its payload begins, where it ends) of the first frame, None if it is not all there."""
    if len(data) < 2:
        return None
    size, start = data[1], 2
    if size > 125:
        start = 4 if size == 126 else 10
        size = int.from_bytes(data[2:start]) if len(data) >= start else len(data)
    return (start, start + size) if len(data) >= start + size else None


def frame(opcode, payload):
    return bytes((0x80 | opcode, 0x80 | len(payload))) + bytes(4) + payload


async def test_each_client_gets_exactly_what_it_was_told(babbling):
    clients = [Client(number, babbling) for number in range(LINES)]
    async with asyncio.timeout(60):
        await asyncio.gather(*(client.lives() for client in clients))
    notes = json.loads((await asyncio.to_thread(babbling.page, "/notes"))[1])
    for client in clients:
        client.got_what_it_was_told(**notes[client.path])
    assert "Traceback" not in babbling.log.read_text()
    assert sum(client.is_told_all for client in clients) > LINES / 8
