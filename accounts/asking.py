"""Who asks for what is being done, and from where: known to the whole of a request, so that no action need be told."""

from collections import namedtuple
from contextlib import contextmanager
from contextvars import ContextVar

from live.violations import address_of

from .names import one_line

Asker = namedtuple("Asker", "address browser person")  # of the person a User, or None for nobody signed in

NOBODY = Asker("", "", None)
LONGEST = 200  # characters of what a browser says it is
_asker = ContextVar("asker", default=lambda: NOBODY)


@contextmanager
def asked_by(find):
    """Within it `asker()` is what `find()` returns, which is called only when somebody wants to know."""
    before = _asker.get()
    _asker.set(find)
    try:
        yield
    finally:
        _asker.set(before)


def asker():
    return _asker.get()()


def asker_on(scope):
    """Of a line, by the scope of its handshake."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    return Asker(
        address_of(scope, headers) or "", browser_told(headers.get(b"user-agent", "")), scope["user"]
    )


def browser_told(header):
    """What a browser says it is, fit to be kept and shown."""
    return one_line(header)[:LONGEST]


def acting(find, action):
    """The action, done by another thread for whoever asks now."""

    def done(*args, **kwargs):
        with asked_by(find):
            return action(*args, **kwargs)

    return done
