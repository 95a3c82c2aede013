"""The environment in which every part runs: what the command line asked for, said as settings."""

import os

from .hosts import names_for


def environment_for(options, redis):
    """A copy of ours with what follows from the options; what somebody set by hand stays."""
    derived = {
        "PRIZMAI_DATA": str(options.data),
        "REDIS_URL": redis.url,
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "kanban_board.settings"),
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
    }
    if not os.environ.get("PUBLIC_URL") and not os.environ.get("ALLOWED_ORIGINS"):
        derived["PUBLIC_URL"] = options.url
    if not os.environ.get("ALLOWED_HOSTS") and not options.on_loopback:
        derived["ALLOWED_HOSTS"] = ",".join([*names_for(options.host), *_hosts_of_origins()])
    return {**os.environ, **derived}


def _hosts_of_origins():
    from urllib.parse import urlsplit

    origins = os.environ.get("ALLOWED_ORIGINS", "").split(",")
    return [urlsplit(origin.strip()).hostname for origin in origins if urlsplit(origin.strip()).hostname]
