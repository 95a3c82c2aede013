"""Pages of other sites may not open a line: the origin is checked by scheme, host and port."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host


def is_welcome(scope):
    """True for a well-formed Origin that is ours. Missing, malformed or doubled ones are not."""
    try:
        return _is_welcome(scope)
    except (UnicodeDecodeError, ValueError):
        return False


def _is_welcome(scope):
    origins = [value.decode("ascii") for name, value in scope["headers"] if name == b"origin"]
    hosts = [value.decode("ascii") for name, value in scope["headers"] if name == b"host"]
    if len(origins) != 1 or len(hosts) != 1:
        return False
    domain, _ = split_domain_port(hosts[0])
    allowed = settings.ALLOWED_HOSTS or (["localhost", "127.0.0.1", "[::1]"] if settings.DEBUG else [])
    if not domain or not validate_host(domain, allowed):
        return False
    secure = _is_secure(scope)
    if settings.HTTPS and not secure:
        return False
    return normal(origins[0]) in {
        normal(f"{'https' if secure else 'http'}://{hosts[0]}"),
        *map(normal, settings.ALLOWED_ORIGINS),
    }


def _is_secure(scope):
    if scope.get("scheme") in ("wss", "https"):
        return True
    if settings.HTTPS:  # only then is a proxy in front of us, which sets this header itself
        return dict(scope["headers"]).get(b"x-forwarded-proto") == b"https"
    return False


def normal(origin):
    """(scheme, host, port), or ValueError for anything that is not just an origin (RFC 6454 section 6.2)."""
    parts = urlsplit(origin)
    default = {"http": 80, "https": 443}.get(parts.scheme)
    if (
        default is None
        or not parts.hostname
        or "@" in parts.netloc
        or parts.path
        or parts.query
        or parts.fragment
    ):
        raise ValueError(f"not an origin: {origin!r}")
    if origin != origin.strip() or origin.endswith(("?", "#")):
        raise ValueError(f"not an origin: {origin!r}")
    return parts.scheme, parts.hostname.lower(), parts.port or default
