"""A long answer goes out as fast as it is taken, and no faster, whichever server sends it.

Uvicorn's `send` waits by itself. Daphne's takes into memory whatever it is given, and returns; so Twisted is asked to
say when its buffer is full, and when it is empty again.
"""

import asyncio


def at_their_pace(send):
    """The `send` of a server as it is, or one around Daphne's that returns when there is room for more."""
    request, *_ = getattr(send, "args", None) or [None]
    return Paced(send, request) if type(request).__module__ == "daphne.http_protocol" else send


class Paced:
    """A producer in Twisted's sense (IPushProducer). Of a client who leaves, whoever waits here hears by `receive`."""

    def __init__(self, send, request):
        self._send, self._request = send, request
        self._room = asyncio.Event()
        self._room.set()

    async def __call__(self, message):
        if message["type"] == "http.response.body" and self._request.channel is not None:
            self._listen(message.get("more_body", False))
        await self._send(message)
        await self._room.wait()

    def _listen(self, is_more):
        if is_more and self._request.producer is None:
            self._request.registerProducer(self, True)
        elif not is_more and self._request.producer is self:
            self._request.unregisterProducer()

    def pauseProducing(self):  # noqa: N802  Twisted's name
        self._room.clear()

    def resumeProducing(self):  # noqa: N802  Twisted's name
        self._room.set()

    stopProducing = resumeProducing  # noqa: N815  what is sent to nobody needs no room
