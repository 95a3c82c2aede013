"""A packet is frames encoded once, for however many sockets."""

from functools import cached_property

import orjson

TEXT_FRAME = 0x81  # RFC 6455 section 5.2: FIN and opcode 1


class Packet:
    """The same bytes for every recipient: as ready WebSocket frames, or as texts for a server that frames itself."""

    def __init__(self, frames):
        self._encoded = [orjson.dumps(frame) for frame in frames]

    @cached_property
    def wire(self):
        return b"".join(framed(payload) for payload in self._encoded)

    @cached_property
    def texts(self):
        return [payload.decode() for payload in self._encoded]


class Joined(Packet):
    """Several packets as one, encoded no second time."""

    def __init__(self, packets):
        self._packets = packets

    @cached_property
    def wire(self):
        return b"".join([packet.wire for packet in self._packets])

    @cached_property
    def texts(self):
        return [text for packet in self._packets for text in packet.texts]


def joined(packets):
    return packets[0] if len(packets) == 1 else Joined(packets)


def framed(payload):
    """One unmasked text frame, as a server sends it."""
    size = len(payload)
    if size < 126:
        return bytes((TEXT_FRAME, size)) + payload
    if size < 65_536:
        return bytes((TEXT_FRAME, 126)) + size.to_bytes(2) + payload
    return bytes((TEXT_FRAME, 127)) + size.to_bytes(8) + payload
