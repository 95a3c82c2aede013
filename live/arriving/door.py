"""The door of the line: whom it turns away at once, and to which socket an address leads.

Middlewares would do the same, but each of them would stay in memory with every line that is open.
"""

from ..sockets.close_codes import AGAIN, FORBIDDEN
from ..sockets.socket import SUBPROTOCOL
from ..sockets.violations import note_socket
from ..writers import writer_for
from .origin import is_welcome
from .reserve import reserve


class Door:
    """`lines` are Django's paths, each to the class of a socket; `session_of` says whose session a handshake is of."""

    def __init__(self, lines, nowhere, session_of):
        self._lines, self._nowhere, self._session_of = lines, nowhere, session_of

    async def __call__(self, scope, receive, send):
        if reserve.is_all_there_is():
            await _turn_away(scope, receive, send)
        elif not is_welcome(scope):
            await _refuse_origin(scope, receive, send)
        else:
            with reserve:
                # In a scope of its own: the server's is held by what the writer holds, and both would stay behind.
                known = {"live.writer": writer_for(send), "live.session": self._session_of(scope)}
                scope = {**scope, **known}
                await self._socket_at(scope)(scope, receive, send)

    def _socket_at(self, scope):
        path = scope["path"].removeprefix(scope.get("root_path", "")).lstrip("/")
        for line in self._lines:
            if match := line.pattern.match(path):
                scope["live.address"] = match[2]
                return line.callback.consumer_class()
        return self._nowhere()


async def _turn_away(scope, receive, send):
    """There is no descriptor for it. A browser learns why only from a line that was opened."""
    await receive()
    if SUBPROTOCOL in scope["subprotocols"]:
        writer = writer_for(send)
        await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL})
        await writer.refuse(AGAIN)
    else:
        await send({"type": "websocket.close", "code": AGAIN})


async def _refuse_origin(scope, receive, send):
    """With HTTP 403, whatever it asked for."""
    note_socket("refused_origin", scope)
    await receive()
    await send({"type": "websocket.close", "code": FORBIDDEN})
