"""The outermost part of the line: it finds the writer for the server, while `send` is still the server's own.

And it turns away, for a while, whom the process has no descriptor for.
"""

from .reserve import reserve
from .socket import AGAIN, SUBPROTOCOL
from .writers import writer_for


class Door:
    def __init__(self, inner):
        self._inner = inner

    async def __call__(self, scope, receive, send):
        if reserve.is_all_there_is():
            await _turn_away(scope, receive, send)
            return
        with reserve:
            # In a scope of its own: the server's is held by what the writer holds, and both would stay behind.
            await self._inner({**scope, "live.writer": writer_for(send)}, receive, send)


async def _turn_away(scope, receive, send):
    """A browser learns why only from a line that was opened."""
    await receive()
    if SUBPROTOCOL in scope["subprotocols"]:
        writer = writer_for(send)
        await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL})
        await writer.refuse(AGAIN)
    else:
        await send({"type": "websocket.close", "code": AGAIN})
