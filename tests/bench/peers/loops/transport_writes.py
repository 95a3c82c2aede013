"""The bare loop of asyncio: one transport.write for each who hears it. With uvloop where it is installed.

python transport_writes.py PORT
"""

import asyncio
import sys
from base64 import b64encode
from collections import defaultdict
from hashlib import sha1

try:
    from uvloop import run
except ImportError:
    from asyncio import run

SALT = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, section 1.3
rooms = defaultdict(set)


class Line(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport, self.room, self.kept = transport, None, b""

    def connection_lost(self, reason):
        if self.room is not None:
            self.room.discard(self.transport)

    def data_received(self, data):
        data = self.kept + data
        if self.room is None:
            head, end, data = data.partition(b"\r\n\r\n")
            if not end:
                self.kept = head
                return
            self.greet(head)
        self.kept = self.take_frames(data)

    def greet(self, head):
        key = next(line[19:] for line in head.split(b"\r\n") if line.startswith(b"Sec-WebSocket-Key: "))
        accept = b64encode(sha1(key + SALT, usedforsecurity=False).digest())
        self.transport.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
        )
        self.room = rooms[head.split(b" ", 2)[1]]
        self.room.add(self.transport)

    def take_frames(self, data):
        """What is left over. A mask of noughts, which the generator has, leaves the payload as it is."""
        while len(data) >= 8:
            size, head = data[1] & 127, 6
            if size == 126:
                size, head = int.from_bytes(data[2:4], "big"), 8
            if len(data) < head + size:
                break
            plain = bytes((data[0], data[1] & 127)) + data[2 : head - 4] + data[head : head + size]
            for transport in self.room:
                transport.write(plain)
            data = data[head + size :]
        return data


async def main(port):
    server = await asyncio.get_running_loop().create_server(Line, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    run(main(int(sys.argv[1])))
