"""The outermost part of the line finds the writer for the server, while `send` is still the server's own."""

from .writers import writer_for


class Door:
    def __init__(self, inner):
        self._inner = inner

    async def __call__(self, scope, receive, send):
        scope["live.writer"] = writer_for(send)
        await self._inner(scope, receive, send)
