"""An outlet writes to a socket by its `send` alone, past the server's own buffers.

Writing the same to a thousand sockets is mostly fetching from memory what belongs to each. While nothing waits to be
sent on a socket, its outlet is all that is needed of it: its writer opens it when that is so, and shuts it before that
ends.
"""


def write_to(outlets, packet):
    """The same to all of them, each by the way that is open."""
    wire = packet.wire
    size = len(wire)
    for outlet in outlets:
        send = outlet.send
        if send is None:
            outlet.otherwise(packet)
            continue
        try:
            sent = send(wire)
        except OSError:  # it is full, or has failed: its writer meets the same, and knows what becomes of it
            sent = 0
        if sent < size:
            outlet.otherwise(Rest(wire[sent:]))


class Outlet:
    """`send` is the socket's, as long as nothing waits; `otherwise` takes a packet the long way, through the writer."""

    __slots__ = ("otherwise", "send")

    def __init__(self, otherwise):
        self.send, self.otherwise = None, otherwise

    def write(self, packet):
        write_to((self,), packet)

    def open(self, send):
        if self.otherwise is not nowhere:
            self.send = send

    def shut(self):
        self.send = None

    def end(self):
        """The socket is closed: nothing leaves any more."""
        self.send, self.otherwise = None, nowhere


class Rest:
    """What the kernel did not take of a packet."""

    def __init__(self, wire):
        self.wire = wire


def nowhere(packet):
    pass
