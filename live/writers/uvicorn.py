"""Writes ready frames to uvicorn's connections, past its per-message path.

A text frame changes nothing in the state of the protocol (RFC 6455 knows no numbering of frames), so its bytes may be
written by anybody as long as whole frames are written, on the loop's thread, while the connection is open. As long as
the transport holds nothing an outlet may lead straight to the socket; what the socket does not take, and everything
after it, goes through the transport. So no byte ever overtakes what the transport still holds.
"""

import asyncio
from collections import deque
from contextlib import suppress

SHARED_ABOVE = 65_536  # bytes a transport holds for its socket alone; what comes after is held once for all
LOOK = 0.05  # seconds between looks at whether a reader who lags has read
LAST = 10.0  # seconds in which a reader takes in what is left, and the close frame


class UvicornWriter:
    """Over `WebSocketsSansIOProtocol`, whose parsing, handshake, limits and closing stay the library's."""

    @classmethod
    def over(cls, send):
        protocol = getattr(send, "__self__", None)
        kinds = {kind.__name__ for kind in type(protocol).mro()}  # uvicorn is not imported under Daphne
        return cls(protocol, send) if "WebSocketsSansIOProtocol" in kinds else None

    def __init__(self, protocol, send):
        self._protocol, self._send = protocol, send
        self._transport = protocol.transport
        self._outlet = None
        self._lags = False
        self._later, self._later_size = (), 0  # a deque while something waits

    def listen(self, listener):
        """Have texts as they come, if this is live.protocol; else they keep coming by receive()."""
        if hasattr(self._protocol, "listen"):
            self._protocol.listen(listener)

    def lead(self, outlet):
        """Keep it open while nothing waits, if this is live.protocol, which is told of that by the transport."""
        if hasattr(self._protocol, "writer") and sender_of(self._transport) is not None:
            self._outlet, self._protocol.writer = outlet, self
            self._transport.set_write_buffer_limits(0)
            self.drained()

    def holds(self):
        """Something waits in the transport, or all is over."""
        self._outlet.shut()

    def drained(self):
        """Nothing waits in the transport."""
        if not (self.unsent or self._is_over()):
            self._outlet.open(sender_of(self._transport))

    @property
    def unsent(self):
        return self._transport.get_write_buffer_size() + self._later_size

    def write(self, packet):
        """Whether anything of it, or of what came before, is left to be sent."""
        if self._is_over():
            return False
        wire = packet.wire
        if self._lags and self._still_lags():
            self._keep(wire)
            return True
        self._transport.write(wire)
        left = self._transport.get_write_buffer_size()
        self._lags = left > SHARED_ABOVE
        return left > 0

    async def refuse(self, code):
        """Close what was just accepted, to say why."""
        await self._send({"type": "websocket.close", "code": code})

    def close(self, code):
        asyncio.ensure_future(self._close(code))

    async def _close(self, code):
        try:
            if self.unsent > 65_536:  # a reader that does not read would never get the close frame
                cut(self._protocol)
            elif not self._is_over():
                self._write_kept(float("inf"))
                async with asyncio.timeout(LAST):  # it waits until the transport holds nothing
                    await self._send({"type": "websocket.close", "code": code})
                end_soon(self._protocol)
        except Exception:
            cut(self._protocol)
        finally:
            self._forget()

    def _is_over(self):
        """A descriptor that is closed may be somebody else's soon; a transport says so before it closes its own."""
        return self._protocol.close_sent or self._transport.is_closing()

    # -- for a reader who lags -------------------------------------------------------------------------------

    def _still_lags(self):
        return bool(self._later) or self._transport.get_write_buffer_size() > SHARED_ABOVE

    def _keep(self, wire):
        if not self._later:
            self._later = deque()
            asyncio.get_running_loop().call_later(LOOK, self._look)
        self._later.append(wire)
        self._later_size += len(wire)

    def _look(self):
        if self._is_over():
            self._forget()
            return
        self._write_kept(SHARED_ABOVE)
        if self._later:
            asyncio.get_running_loop().call_later(LOOK, self._look)
        elif self._outlet is not None:
            self.drained()

    def _write_kept(self, most):
        while self._later and self._transport.get_write_buffer_size() <= most:
            wire = self._later.popleft()
            self._later_size -= len(wire)
            self._transport.write(wire)

    def _forget(self):
        self._later, self._later_size = (), 0


def end_soon(protocol):
    """Whoever reads nothing more would keep a connection that is closing, and its line, for as long as they like."""
    with suppress(AttributeError):  # asyncio's TLS no longer knows when it was closed twice
        if protocol.transport.get_write_buffer_size():
            asyncio.get_running_loop().call_later(LAST, cut, protocol)


def cut(protocol):
    if not protocol.disconnected:  # a transport of asyncio's that has closed by itself would fail at it
        protocol.transport.abort()


def sender_of(transport):
    """The `send` of its socket; None where bytes have to go through the transport in any case."""
    if type(transport).__module__ != "asyncio.selector_events":
        return None
    return transport.get_extra_info("socket")._sock.send
