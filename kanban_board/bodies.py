"""No request is larger than a file and its envelope: it is refused by what it says of itself, or cut off on its way."""

import sys

REFUSAL = b"HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class BodyLimit:
    """Around the pages: nothing beyond `limit` bytes of a body is taken in, and Django holds none of it."""

    def __init__(self, inner, limit):
        self._inner, self._limit = inner, limit
        if "daphne.http_protocol" in sys.modules:
            _limit_daphne(limit)

    async def __call__(self, scope, receive, send):
        if _announced(scope) > self._limit:
            await _refuse(send)
            return
        body = _Counted(receive, self._limit)
        await self._inner(scope, body, send)
        if body.is_too_large:
            await _refuse(send)


class _Counted:
    """`receive`, to which a body that is too large looks like a client that has gone."""

    def __init__(self, receive, limit):
        self._receive, self._left, self.is_too_large = receive, limit, False

    async def __call__(self):
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            self.is_too_large = True
            return {"type": "http.disconnect"}
        return message


def _announced(scope):
    """Bytes by the request's own word; 0 when it says nothing, as chunked ones do."""
    said = dict(scope["headers"]).get(b"content-length", b"0")
    return int(said) if said.isdigit() and len(said) < 19 else 0


async def _refuse(send):
    await send({"type": "http.response.start", "status": 413, "headers": [(b"connection", b"close")]})
    await send({"type": "http.response.body", "body": b"This is too large.\n"})


def _limit_daphne(limit):
    """Daphne asks us only when it has a request whole, and in memory: there the limit is kept as the bytes arrive."""
    from daphne.http_protocol import WebRequest

    got_length, handle_chunk = WebRequest.gotLength, WebRequest.handleContentChunk

    def gotLength(self, length):  # noqa: N802  Twisted's name
        self.room_left = limit
        is_too_large = length is not None and length > limit
        got_length(self, 0 if is_too_large else length)
        if is_too_large:
            _hang_up(self)

    def handleContentChunk(self, data):  # noqa: N802  Twisted's name
        if self.room_left < 0:
            return
        self.room_left -= len(data)
        if self.room_left < 0:
            _hang_up(self)
        else:
            handle_chunk(self, data)

    WebRequest.gotLength, WebRequest.handleContentChunk = gotLength, handleContentChunk


def _hang_up(request):
    request.room_left = -1
    request.channel.transport.write(REFUSAL)
    request.channel.loseConnection()
