"""A WebSocket spoken by hand (RFC 6455), so that launcher and diagnostic need no package to try the line."""

import base64
import contextlib
import json
import os
import socket
import ssl
import struct
import time
from urllib.parse import urlsplit

TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA


class Closed(Exception):
    """The other side closed the line, with this code (1006 when it just went away)."""

    def __init__(self, code):
        super().__init__(f"closed with {code}")
        self.code = code


class NoUpgrade(Exception):
    """The server answered the handshake with an ordinary HTTP answer."""

    def __init__(self, status, headers):
        super().__init__(f"HTTP {status} instead of a WebSocket")
        self.status, self.headers = status, headers


def ask_http(url, path, headers=None, timeout=3.0):
    """GET `path` of the server at `url`: (status, headers by lower-case name, body). Raises OSError."""
    connection = _open(url, timeout)
    with contextlib.closing(connection):
        connection.sendall(_request(url, path, {"Connection": "close", "Accept": "*/*", **(headers or {})}))
        stream = connection.makefile("rb")
        status, answered = _answer(stream)
        return status, answered, _body(stream, answered)


class WebSocket:
    """One open line. Raises NoUpgrade or OSError when it cannot be opened."""

    def __init__(self, url, path, *, headers=None, protocol=None, timeout=3.0):
        self.timeout = timeout
        self._socket = _open(url, timeout)
        self._stream = self._socket.makefile("rb")
        asked = {
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
            "Sec-WebSocket-Protocol": protocol,
            "Origin": url.rstrip("/"),
            **(headers or {}),
        }
        try:
            self._socket.sendall(_request(url, path, asked))
            status, answered = _answer(self._stream)
        except BaseException:
            self.close()
            raise
        if status != 101:
            self.close()
            raise NoUpgrade(status, answered)

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def close(self):
        with contextlib.suppress(OSError):
            self._send(CLOSE, struct.pack("!H", 1000))
        self._stream.close()
        self._socket.close()

    def say(self, frame):
        self._send(TEXT, json.dumps(frame).encode())

    def hear(self, wanted=lambda frame: True, timeout=None):
        """The next frame that is `wanted`, as a dict. Raises Closed, or TimeoutError."""
        until = time.monotonic() + (timeout or self.timeout)
        while (left := until - time.monotonic()) > 0:
            self._socket.settimeout(left)
            frame = self._frame()
            if frame is not None and wanted(frame):
                return frame
        raise TimeoutError("nothing came in time")

    def _frame(self):
        first, second = self._read(2)
        length = second & 0x7F
        if length >= 126:
            length = int.from_bytes(self._read(2 if length == 126 else 8), "big")
        payload = self._read(length)
        kind = first & 0x0F
        if kind == CLOSE:
            raise Closed(struct.unpack("!H", payload[:2])[0] if len(payload) >= 2 else 1005)
        if kind == PING:
            self._send(PONG, payload)
        return json.loads(payload) if kind == TEXT else None

    def _read(self, count):
        read = self._stream.read(count)
        if len(read) < count:
            raise Closed(1006)
        return read

    def _send(self, kind, payload):
        mask = os.urandom(4)
        size = len(payload)
        head = bytes([0x80 | kind])
        head += bytes([0x80 | size]) if size < 126 else bytes([0xFE]) + struct.pack("!H", size)
        self._socket.sendall(head + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload)))


def _open(url, timeout):
    parts = urlsplit(url)
    secure = parts.scheme in ("https", "wss")
    plain = socket.create_connection((parts.hostname, parts.port or (443 if secure else 80)), timeout)
    if not secure:
        return plain
    return ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname)


def _request(url, path, headers):
    headers = {"Host": urlsplit(url).netloc, **headers}
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items() if value)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _answer(stream):
    status_line = stream.readline(1000).split()
    if len(status_line) < 2 or not status_line[0].startswith(b"HTTP/"):
        raise ConnectionError("this is not a web server")
    headers = {}
    while (line := stream.readline(65_536)) not in (b"\r\n", b"\n", b""):
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip()
    return int(status_line[1]), headers


def _body(stream, headers):
    if headers.get("transfer-encoding", "").lower() == "chunked":
        return b"".join(_chunks(stream))
    length = headers.get("content-length")
    return stream.read(int(length)) if length else stream.read(1_000_000)


def _chunks(stream):
    """As proxies may send what had a length (RFC 9112, section 7.1)."""
    try:
        while size := int(stream.readline(100).partition(b";")[0], 16):
            yield stream.read(size)
            stream.readline(2)
    except ValueError:
        raise ConnectionError("this is not a web server") from None
