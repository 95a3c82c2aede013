"""A follower is one socket's interest in one stream."""


class Follower:
    """`position` is None while the past is still being read, then the revision the socket has been sent."""

    __slots__ = ("buffer", "dialect", "key", "noticed", "position", "socket", "user_id", "write")

    def __init__(self, key, dialect, socket, noticed=None):
        self.key, self.dialect, self.socket = key, dialect, socket
        self.user_id, self.write = socket.user_id, socket.write
        self.noticed = noticed  # called with (key, change) after each change, for a socket that acts on some
        self.position = None
        self.buffer = []

    def write_if_idle(self, packet):
        self.socket.write_if_idle(packet)
