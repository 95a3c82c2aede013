"""Redis spoken to by hand, so that the launcher and the diagnostic need no package to ask it something."""

import contextlib
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit


class Refused(Exception):
    """Redis answered with an error; the text is Redis's own."""


@dataclass(frozen=True)
class Address:
    """Where a Redis is: redis://[user:password@]host:port/db, rediss:// or unix:///path.

    `authorities` is the file of those whose certificates are believed over TLS, or None for the machine's own.
    """

    scheme: str
    host: str
    port: int
    path: str
    database: int
    username: str
    password: str
    authorities: str | None = None

    @classmethod
    def parse(cls, url):
        parts = urlsplit(url)
        if parts.scheme not in ("redis", "rediss", "unix"):
            raise ValueError(f"{parts.scheme or 'no scheme'}:// is not redis://, rediss:// or unix://")
        number = parts.path.strip("/") if parts.scheme != "unix" else ""
        return cls(
            scheme=parts.scheme,
            host=parts.hostname or "127.0.0.1",
            port=parts.port or 6379,
            path=parts.path,
            database=int(number or 0),
            username=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            authorities=parse_qs(parts.query).get("ssl_ca_certs", [None])[-1],
        )

    def __str__(self):
        """The address as it may be shown: without name and password."""
        if self.scheme == "unix":
            return f"unix://{self.path}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}" + (f"/{self.database}" if self.database else "")


class Redis:
    """One connection. Raises OSError when nobody is there or nothing comes in time, Refused on an error."""

    def __init__(self, url, timeout=1.0):
        self.address = Address.parse(url)
        self._socket = _connect(self.address, timeout)
        self._replies = self._socket.makefile("rb")
        try:
            if self.address.password:
                self.ask("AUTH", *filter(None, [self.address.username, self.address.password]))
            if self.address.database:
                self.ask("SELECT", str(self.address.database))
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def close(self):
        self._replies.close()
        self._socket.close()

    def ask(self, *words):
        """Send one command and return its reply: str, int, list or None."""
        encoded = [word if isinstance(word, bytes) else str(word).encode() for word in words]
        self._socket.sendall(
            b"*%d\r\n" % len(encoded) + b"".join(b"$%d\r\n%s\r\n" % (len(w), w) for w in encoded)
        )
        return self.hear()

    def hear(self):
        """The next reply, or a published message when subscribed. Redis serialisation protocol 2."""
        line = self._replies.readline()
        if not line.endswith(b"\r\n"):
            raise ConnectionError("Redis closed the connection")
        kind, rest = line[:1], line[1:-2].decode(errors="replace")
        if kind == b"-":
            raise Refused(rest)
        if kind == b"+":
            return rest
        if kind == b":":
            return int(rest)
        if kind == b"$":
            return None if rest == "-1" else self._replies.read(int(rest) + 2)[:-2].decode(errors="replace")
        if kind == b"*":
            return [self.hear() for _ in range(int(rest))]
        raise ConnectionError("this is not a Redis")


def _connect(address, timeout):
    if address.scheme == "unix":
        plain = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        plain.settimeout(timeout)
        plain.connect(address.path)
        return plain
    plain = socket.create_connection((address.host, address.port), timeout)
    if address.scheme == "rediss":
        trust = ssl.create_default_context(cafile=address.authorities)
        return trust.wrap_socket(plain, server_hostname=address.host)
    return plain


def answers(url, timeout=0.5):
    """Whether a Redis at this address lets us in and answers PING."""
    with contextlib.suppress(OSError, Refused, ValueError), Redis(url, timeout) as redis:
        return redis.ask("PING") == "PONG"
    return False


def version(redis):
    """(7, 0, 15) of a connected Redis or Valkey; (0,) when it does not say."""
    for line in redis.ask("INFO", "server").splitlines():
        if line.startswith("redis_version:"):
            return tuple(int(part) for part in line.partition(":")[2].split(".") if part.isdigit())
    return (0,)
