"""A follower is one socket's interest in one stream."""


class Follower:
    """`position` is None while the past is still being read, then the revision the socket has been sent."""

    __slots__ = ("buffer", "dialect", "key", "noticed", "outlet", "position", "socket", "user_id")

    def __init__(self, key, dialect, socket, noticed=None):
        self.key, self.dialect, self.socket = key, dialect, socket
        self.user_id, self.outlet = socket.user_id, socket.outlet
        self.noticed = noticed  # called with (key, change, revision) after each, where a socket acts on some
        self.position = None
        self.buffer = []  # (revision, packet), None for a packet that is in none

    def write(self, packet):
        self.outlet.write(packet)

    def write_if_idle(self, packet):
        self.socket.write_if_idle(packet)
