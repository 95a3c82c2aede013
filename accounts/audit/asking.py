"""Who makes the current request, and from where, so that actions can note it without being passed it."""

from collections import namedtuple
from contextlib import contextmanager
from contextvars import ContextVar

from live.sockets.violations import address_of

from ..names import one_line

Asker = namedtuple("Asker", "address browser person")  # IP address, User-Agent, and a User or None

NOBODY = Asker("", "", None)
LONGEST = 200  # characters of a User-Agent
_asker = ContextVar("asker", default=lambda: NOBODY)


@contextmanager
def asked_by(find):
    """Within this context `asker()` returns `find()`, which is called only when it is needed."""
    before = _asker.get()
    _asker.set(find)
    try:
        yield
    finally:
        _asker.set(before)


def asker():
    return _asker.get()()


def asker_on(scope):
    """The Asker of a WebSocket, from the ASGI scope of its handshake."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    return Asker(
        address_of(scope, headers) or "", browser_told(headers.get(b"user-agent", "")), scope["user"]
    )


def browser_told(header):
    """A User-Agent header, made safe to store and to show."""
    return one_line(header)[:LONGEST]


def acting(find, action):
    """The action wrapped so that within it, in whatever thread, `asker()` returns `find()`."""

    def done(*args, **kwargs):
        with asked_by(find):
            return action(*args, **kwargs)

    return done
