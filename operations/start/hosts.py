"""The names a web server open to other machines answers to."""

import socket

from .options import LOOPBACK


def names_for(host):
    """What ALLOWED_HOSTS should hold when listening on `host`: loopback, and what leads here."""
    names = ["localhost", "127.0.0.1", "[::1]"]
    if host in LOOPBACK:
        return names
    found = [host] if host not in ("0.0.0.0", "::", "") else [*_own_names(), *_own_addresses()]
    return names + [name for name in map(_bracketed, found) if name not in names]


def _own_names():
    name = socket.gethostname()
    return list(dict.fromkeys([name, name.partition(".")[0]])) if name else []


def _own_addresses():
    import psutil

    addresses = [a for interface in psutil.net_if_addrs().values() for a in interface]
    return [a.address.partition("%")[0] for a in addresses if a.family in (socket.AF_INET, socket.AF_INET6)]


def _bracketed(name):
    return f"[{name}]" if ":" in name else name
