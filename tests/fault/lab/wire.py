"""A line of the wire as a client holds it: frames said and heard through a real socket, in either dialect."""

import asyncio
import json
import time

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

V2, PLAIN = "prizmai.v2", None
PATIENCE = 5.0  # seconds a test waits for what must come


class Line:
    """`heard` keeps every frame, oldest first, with `heard_at` beside them."""

    def __init__(self, socket):
        self.socket, self.heard, self.heard_at = socket, [], []
        self._news = asyncio.Event()
        self._listening = asyncio.create_task(self._listen())
        self.code = None  # why the line closed, once it has

    @classmethod
    async def opened(cls, address, path, *, cookie=None, dialect=V2, origin="own", **more):
        return cls(await dial(address, path, cookie=cookie, dialect=dialect, origin=origin, **more))

    async def says(self, type, **fields):
        await self.socket.send(json.dumps({"type": type, **fields}))

    async def says_raw(self, text):
        await self.socket.send(text)

    async def hears(self, type, within=PATIENCE, after=0, **fields):
        """The first frame of this type with these fields, from the `after`-th frame on."""
        wanted = {"type": type, **fields}
        return await self.hears_such(lambda frame: wanted.items() <= frame.items(), wanted, within, after)

    async def hears_such(self, fits, what, within=PATIENCE, after=0):
        deadline = time.monotonic() + within
        while True:
            for frame in self.heard[after:]:
                if fits(frame):
                    return frame
            if self.code is not None:
                raise AssertionError(f"The line closed ({self.code}) before {what} came; heard {self.heard}")
            await self._wait(deadline, f"{what} did not come in {within} s; heard {self.heard[-20:]}")

    async def is_closed(self, within=PATIENCE):
        """The close code."""
        deadline = time.monotonic() + within
        while self.code is None:
            await self._wait(deadline, f"the line is still open after {within} s; heard {self.heard[-20:]}")
        return self.code

    def has_heard(self, type, **fields):
        wanted = {"type": type, **fields}
        return [frame for frame in self.heard if wanted.items() <= frame.items()]

    async def settles(self):
        """Everything this process had to say before now has been heard."""
        before = len(self.heard)
        await self.says("ping")
        await self.hears("pong", after=before)

    async def closes(self):
        self._listening.cancel()
        await asyncio.gather(self._listening, return_exceptions=True)
        await self.socket.close()

    async def _wait(self, deadline, otherwise):
        self._news.clear()
        try:
            await asyncio.wait_for(self._news.wait(), max(0, deadline - time.monotonic()))
        except TimeoutError:
            raise AssertionError(otherwise) from None

    async def _listen(self):
        try:
            async for text in self.socket:
                self.heard.append(json.loads(text))
                self.heard_at.append(time.monotonic())
                self._news.set()
        except ConnectionClosed:
            pass
        self.code = self.socket.close_code
        self._news.set()


def dial(address, path, *, cookie=None, dialect=V2, origin="own", language=None, **more):
    """An opening connection, as a browser at this origin with this session would make it."""
    headers = {"Cookie": f"sessionid={cookie}"} if cookie else {}
    headers |= {"Accept-Language": language} if language else {}
    if origin == "own":
        origin = f"http://{address}"
    return connect(
        f"ws://{address}{path}",
        additional_headers=headers,
        origin=origin,
        subprotocols=[dialect] if dialect else None,
        compression=None,
        ping_interval=None,
        open_timeout=10,
        close_timeout=1,
        max_size=None,
        max_queue=None,
        proxy=None,
        **more,
    )


async def are_in_mode(mode, lines):
    """By what each was told last: in its welcome, or since."""
    await asyncio.gather(
        *(line.hears_such(lambda _, line=line: mode_of(line) == mode, mode) for line in lines)
    )


def mode_of(line):
    return [frame["mode"] for frame in line.heard if "mode" in frame][-1]
