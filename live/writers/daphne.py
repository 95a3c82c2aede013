"""Writes ready frames straight to the socket under Daphne.

Twisted's `transport.write` defers every write to the reactor. While its buffer is empty an outlet may as well lead to
the socket; what the socket does not take, and everything after it, goes through the transport. So no byte ever
overtakes what the transport still holds.
"""

from django.conf import settings
from twisted.internet import tcp

OPEN = 3  # autobahn's WebSocketProtocol.STATE_OPEN


class DaphneWriter:
    """Over Daphne's WebSocketProtocol (autobahn on Twisted), which keeps handshake, parsing, pings and closing."""

    @classmethod
    def over(cls, send):
        bound = getattr(send, "args", None)
        protocol = bound[0] if bound else None
        if type(protocol).__module__ != "daphne.ws_protocol":
            return None
        return cls(protocol)

    def __init__(self, protocol):
        self._protocol = protocol
        self._transport = protocol.transport
        # Larger frames are refused while they arrive, with 1009; Daphne itself would take 1 MiB.
        protocol.maxFramePayloadSize = protocol.maxMessagePayloadSize = settings.LIVE["frame_limit"]
        protocol.failByDrop = False  # a broken rule is answered with its close code

    def listen(self, listener):
        """Frames keep coming by receive()."""

    def lead(self, outlet):
        """Keep it open while nothing waits: Twisted watches for room in a socket just as long as something does."""
        if is_bare(self._transport):
            self._outlet, self._socket = outlet, self._transport.socket
            self._forget_upgrade()
            self._watch()
            self._open_or_shut()

    def _forget_upgrade(self):
        """What was a connection of HTTP is kilobytes, and would hold itself when all is over, as autobahn's would."""
        channel = self._transport.producer
        if channel is not None:
            self._transport.unregisterProducer()
            for request in channel.requests:
                request.channel = None
        self._protocol.is_closed.addCallback(lambda protocol: None)

    def _watch(self):
        transport = self._transport
        start, stop = transport.startWriting, transport.stopWriting

        def starts():
            self._outlet.shut()
            start()

        def stops():
            stop()
            self._open_or_shut()
            if not transport.connected:
                del transport.startWriting, transport.stopWriting  # it would hold itself by them

        transport.startWriting, transport.stopWriting = starts, stops

    def _open_or_shut(self):
        if self._may_write() and not self.unsent:
            self._outlet.open(self._socket.send)
        else:
            self._outlet.shut()

    @property
    def unsent(self):
        transport = self._transport
        return len(transport.dataBuffer) - transport.offset + transport._tempDataLen

    def write(self, packet):
        """Whether anything of it, or of what came before, is left to be sent."""
        if not self._may_write():
            return False
        self._transport.write(packet.wire)
        return True

    def _may_write(self):
        transport = self._transport
        return self._protocol.state == OPEN and transport.connected and not transport.disconnecting

    async def refuse(self, code):
        """Close what was just accepted, to say why."""
        self.close(code)

    def close(self, code):
        """As autobahn's sendClose, which keeps 1011 to 1013 to itself (RFC 6455 section 7.4 lets servers send them)."""
        if self.unsent > 65_536:  # a reader that does not read would never get the close frame
            self._transport.abortConnection()
        elif self._protocol.state == OPEN:
            self._protocol.sendCloseFrame(code=code)


def is_bare(transport):
    """What is written to it goes to its socket as it is; and it is still connected."""
    return isinstance(transport, tcp.Connection) and not transport.TLS and transport.connected
