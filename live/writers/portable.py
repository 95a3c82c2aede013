"""Writes through plain ASGI: for servers we know nothing of, and to compare the others with."""

import asyncio
from collections import deque

from ..sockets.close_codes import TOO_SLOW


class PortableWriter:
    """A queue and a task for each socket. `unsent` is in bytes, as near as one can know from here."""

    def __init__(self, send):
        self._send = send
        self._texts = deque()
        self._task = None
        self.unsent = 0

    def listen(self, listener):
        """Frames keep coming by receive()."""

    def lead(self, outlet):
        """All takes the way through the writer."""

    def write(self, packet):
        """Whether anything of it is left to be sent."""
        for text in packet.texts:
            self._texts.append(text)
            self.unsent += len(text)
        if self._task is None:
            self._task = asyncio.ensure_future(self._drain())
        return True

    async def _drain(self):
        try:
            while self._texts:
                text = self._texts.popleft()
                await self._send({"type": "websocket.send", "text": text})
                self.unsent -= len(text)
        except Exception:  # the socket is gone; its consumer hears of it by itself
            self._texts.clear()
        finally:
            self._task = None

    async def refuse(self, code):
        """Close what was just accepted, to say why."""
        await self._send({"type": "websocket.close", "code": code})

    def close(self, code):
        asyncio.ensure_future(self._close(code))

    async def _close(self, code):
        try:
            if self._task is not None and code != TOO_SLOW:
                await asyncio.wait({self._task}, timeout=1)
            await self._send({"type": "websocket.close", "code": code})
        except Exception:
            self._texts.clear()
