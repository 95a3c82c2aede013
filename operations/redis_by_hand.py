"""Redis spoken to by hand, so that the launcher and the diagnostic need no package to ask it something."""

import contextlib
import socket
import ssl

from operations.redis_address import Address, place_of


class Refused(Exception):
    """Redis answered with an error; the text is Redis's own."""


def primary_of(place, timeout):
    """The Address itself, or the one its Sentinels name; OSError when none of them answers, or knows of any."""
    if isinstance(place, Address):
        return place
    heard = []
    for sentinel in place.each:
        try:
            found = named_by(sentinel, place.name, timeout)
        except (OSError, Refused) as error:
            heard.append(str(error))
        else:
            if found:
                return place.primary_at(*found)
            heard.append(f"it knows no {place.name}")
    raise OSError(f"no Sentinel names the primary: {', '.join(dict.fromkeys(heard))}")


def named_by(sentinel, name, timeout):
    """[host, port] of the primary that this Sentinel calls so, or None when it knows of none."""
    with Redis(sentinel, timeout) as line:
        return line.ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", name)


class Redis:
    """One connection. Raises OSError when nobody is there or nothing comes in time, Refused on an error."""

    def __init__(self, where, timeout=1.0):
        """`where` is what REDIS_URL says, or an Address."""
        self.address = where if isinstance(where, Address) else primary_of(place_of(where), timeout)
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
            return None if rest == "-1" else [self.hear() for _ in range(int(rest))]
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


def try_to_write(redis):
    """Raises Refused when it takes nothing: as a replica, or without room. What is written is gone after a second."""
    redis.ask("SET", "prizmai-trial", "1", "EX", "1")


def version(redis):
    """(7, 0, 15) of a connected Redis or Valkey; (0,) when it does not say."""
    for line in redis.ask("INFO", "server").splitlines():
        if line.startswith("redis_version:"):
            return tuple(int(part) for part in line.partition(":")[2].split(".") if part.isdigit())
    return (0,)
