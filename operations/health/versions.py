"""The versions of what runs: those of this very process, and of the database it uses."""

import platform
import sys
from functools import cache
from importlib import metadata

from django.db import connection

PACKAGES = ("Django", "channels", "channels-redis", "celery", "redis")
SERVERS = ("uvicorn", "daphne")


def versions():
    """[(name, version)]"""
    return [("Python", platform.python_version()), *_packages(), _database()]


@cache
def _packages():
    server = next((name for name in SERVERS if name in sys.modules), SERVERS[0])
    return [(name, metadata.version(name)) for name in (server, *PACKAGES)]


def _database():
    if connection.vendor == "postgresql":
        major, minor = divmod(connection.pg_version, 10_000)
        return "PostgreSQL", f"{major}.{minor}"
    return "SQLite", ".".join(map(str, connection.Database.sqlite_version_info))
