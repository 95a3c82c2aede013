"""The environment in which every part runs: what the command line asked for, said as settings."""

import os
import socket
from urllib.parse import urlsplit

from .options import LOOPBACK


def environment_for(options, redis):
    """A copy of ours with what follows from the options; what somebody set by hand stays."""
    derived = {
        "PRIZMAI_DATA": str(options.data),
        "REDIS_URL": redis.url,
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "kanban_board.settings"),
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
    }
    if not any(os.environ.get(name, "").strip(" ,") for name in ("PUBLIC_URL", "ALLOWED_ORIGINS")):
        derived["PUBLIC_URL"] = options.url
    if not os.environ.get("ALLOWED_HOSTS") and not options.on_loopback:
        derived["ALLOWED_HOSTS"] = ",".join([*names_for(options.host), *_hosts_of_origins()])
    return {**os.environ, **derived}


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


def _hosts_of_origins():
    origins = os.environ.get("ALLOWED_ORIGINS", "").split(",")
    return [host for origin in origins if (host := urlsplit(origin.strip()).hostname)]
