"""Writes ready frames to uvicorn's transport, past its per-message path.

A text frame changes nothing in the state of the protocol (RFC 6455 knows no numbering of frames), so its bytes may be
written by anybody as long as whole frames are written, on the loop's thread, while the connection is open.
"""

import asyncio


class UvicornWriter:
    """Over `WebSocketsSansIOProtocol`, whose parsing, handshake, limits and closing stay the library's."""

    wants_wire = True

    @classmethod
    def over(cls, send):
        protocol = getattr(send, "__self__", None)
        if type(protocol).__name__ != "WebSocketsSansIOProtocol":
            return None
        return cls(protocol, send)

    def __init__(self, protocol, send):
        self._protocol, self._send = protocol, send
        self._transport = protocol.transport

    @property
    def unsent(self):
        return self._transport.get_write_buffer_size()

    def write(self, packet):
        """Whether anything of it, or of what came before, is left to be sent."""
        protocol, transport = self._protocol, self._transport
        if protocol.close_sent or protocol.disconnected or transport.is_closing():
            return False
        transport.write(packet.wire)
        return transport.get_write_buffer_size() > 0

    def close(self, code):
        asyncio.ensure_future(self._close(code))

    async def _close(self, code):
        try:
            if self.unsent > 65_536:  # a reader that does not read would never get the close frame
                self._transport.abort()
            else:
                await self._send({"type": "websocket.close", "code": code})
        except Exception:
            self._transport.abort()
