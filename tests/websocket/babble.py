"""An application that tells its lines whatever chance has it tell, and notes what each was told, byte for byte.

All lines follow one stream. `/notes` says what they were told. This module is its own settings, and is for a process of
its own: it puts parts of its own into the line.
"""

import asyncio
import json
import os
import random
import socket
import zlib
from collections import Counter
from functools import cache
from itertools import count
from types import SimpleNamespace

import live.sockets.socket
import live.tracks.audience
from live.streams import Change, Source
from live.tracks.follower import Follower
from live.tracks.track import Track
from live.writers import outlet, writer_for

LIVE = {"frame_limit": 65_536, "unsent_limit": 800_000, "frames_per_second": 100_000}

TURNS, SEED, LINES = 500, int(os.environ.get("SEED", 0)), int(os.environ.get("LINES", 1))
SIZES = (0, 10, 100, 130, 1_000, 5_000, 20_000, 70_000)  # of what is told, so often:
OFTEN = (9, 9, 9, 9, 9, 3, 1, 0.3)
LITTLE = 4_096  # bytes of room in a socket

notes, here, came = {}, [], count(1)
chance, numbers = random.Random(SEED), count(1)


class Outlet(outlet.Outlet):
    """One that notes what leaves by it, as checksums."""

    __slots__ = ("told",)

    def __init__(self, otherwise):
        super().__init__(otherwise)
        self.told = []

    def note(self, packet):
        if self.otherwise is not outlet.nowhere:
            self.told += [zlib.crc32(text.encode()) for text in packet.texts]

    def write(self, packet):
        self.note(packet)
        super().write(packet)


def write_to(outlets, packet):
    for one in outlets:
        one.note(packet)
    outlet.write_to(outlets, packet)


class Numbers(Source):
    def say(self, change, revision, dialect, since):
        return [{"revision": revision, "over": change.noun, "filling": filling()}]


class Hub:
    """As much of it as lines need that are let in at once."""

    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.lines = Counter()
        self.hints, self.arrivals = SimpleNamespace(verdict=at_once), SimpleNamespace(open=at_once)
        self.track = Track("numbers:1", Numbers(), 1, self.loop)
        self.track.delivered = 0

    def opened(self, line):
        here.append(line)
        if next(came) == LINES:
            self.loop.create_task(babble(self.track))

    def closed(self, line):
        here.remove(line)

    def do(self, work):
        return self.loop.create_task(work)


async def at_once(*_):
    pass


live.sockets.socket.hub, live.sockets.socket.Outlet = cache(Hub), Outlet
live.tracks.audience.write_to, live.tracks.audience.CHUNK = write_to, 3


class Line(live.sockets.socket.LiveSocket):
    follower = code = None

    async def arrive(self):
        notes[self.scope["path"]] = self
        self.follower = Follower("numbers:1", "v2", self)
        self.hub.track.take_in(self.follower)
        await self._is_told_the_past()

    async def _is_told_the_past(self):
        head = self.hub.track.delivered
        await asyncio.sleep(chance.random() / 20)
        self.say({"welcome": head})
        if not self.closed:
            self.follower.position = head
            self.hub.track.settle(self.follower)

    def hear_at_once(self, frame):
        if frame["type"] == "ask":
            self.say({"answer": "it is said", "filling": filling()})
        return frame["type"] == "ask"

    async def hear(self, frame):
        if not self.closed:
            self.hub.track.turn_back(self.follower)
            await self._is_told_the_past()

    def close(self, code):
        self.code = self.code or code
        super().close(code)

    def left(self):
        if self.follower is not None:
            self.hub.track.drop(self.follower)


def filling():
    return "x" * int(chance.choices(SIZES, OFTEN)[0] * (1 + chance.random()))


# -- what is told ------------------------------------------------------------------------------------------------


async def babble(track):
    for _ in range(TURNS):
        chance.choices((tell_all, tell_one, acknowledge, put_out), (10, 10, 5, 0.1))[0](track)
        await asyncio.sleep(chance.choice((0, 0, 0, 0.001, 0.01)))
    deliver(track, over=True)


def deliver(track, over=False, **what):
    revision = track.delivered + 1
    track.deliver(revision, Change(revision, revision, over, **what))


def tell_all(track):
    for _ in range(chance.randint(1, 4)):
        deliver(track)


def tell_one(track):
    if line := anybody():
        line.say({"only": next(numbers), "filling": filling()})


def acknowledge(track):
    line = anybody()
    if line is not None and line.follower is not None:
        track.await_change(line.follower, "theirs", lambda change: {"ack": change.revision})
        deliver(track, name="theirs")
        track.awaited.clear()


def put_out(track):
    if line := anybody():
        line.close(4403)


def anybody():
    return chance.choice(here) if here else None


# -- the application ---------------------------------------------------------------------------------------------


async def application(scope, receive, send):
    if scope["type"] == "websocket":
        writer = writer_for(send)
        narrow(writer._transport)
        await Line()({**scope, "live.writer": writer, "live.session": None}, receive, send)
    elif scope["type"] == "http":
        told = {path: {"told": line.outlet.told, "code": line.code} for path, line in notes.items()}
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": json.dumps(told).encode()})


def narrow(transport):
    ours = getattr(transport, "socket", None) or transport.get_extra_info("socket")
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, LITTLE)
