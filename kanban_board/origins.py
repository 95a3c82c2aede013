"""An origin is what people open, without a path: scheme, host and, if it is not the usual one, port."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from . import environment

HOW_TO_WRITE_IT = "Write scheme, host and, if it is not the usual one, port: https://chat.example.org"


def one(name):
    """The variable without a slash at its end, or "" when nothing was said."""
    return _checked(name, environment.text(name))


def several(name):
    return [_checked(name, word) for word in environment.words(name)]


def _checked(name, given):
    origin = given.rstrip("/")
    if given and not is_origin(origin):
        raise ImproperlyConfigured(f"{name} holds {given!r}, which is no origin. {HOW_TO_WRITE_IT}")
    return origin


def is_origin(origin):
    """Whether it is scheme, host and perhaps a port, and nothing else."""
    try:
        parts = urlsplit(origin)
        parts.port  # noqa: B018  raises for what is no port
    except ValueError:
        return False
    bare = not (parts.path or parts.query or parts.fragment or "@" in parts.netloc or "*" in parts.netloc)
    return bare and parts.scheme in ("http", "https") and bool(parts.hostname)
