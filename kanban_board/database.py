"""Where the data is: by DATABASE_URL, or by the path of a file for SQLite."""

from urllib.parse import quote

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

HOW_TO_WRITE_IT = (
    "Write it as postgres://user:password@host:5432/name, or sqlite:////folder/file. "
    "In a name or password / ? # [ ] and % are written %2F %3F %23 %5B %5D and %25."
)

FILE = "prizmai.sqlite3"  # in the data folder

KINDS = "django.db.backends.sqlite3", "django.db.backends.postgresql"

# One writer at a time, which waits for its turn instead of failing; readers are never blocked (WAL). Each of a
# process's two dozen connections keeps a quarter of a megabyte of the file, and the kernel the rest.
OF_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 5,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-256;",
}
OF_POSTGRESQL = {
    "connect_timeout": 3,
    "tcp_user_timeout": 5000,
    "keepalives_idle": 5,  # seconds: a database machine that is gone is noticed while its answer is awaited
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "options": "-c lock_timeout=2000 -c statement_timeout=20000 -c idle_in_transaction_session_timeout=30000",
}


def sqlite_at(path):
    """The address of a file, whatever signs its folders have in their names."""
    return f"sqlite:///{quote(str(path))}"


def kept_at(url):
    """A DATABASES entry; ImproperlyConfigured says what is wrong with the address, and nothing of what it holds."""
    entry = _read(url)
    if entry["ENGINE"] not in KINDS:
        _refuse("only SQLite and PostgreSQL are used here")
    if entry["ENGINE"].endswith("sqlite3"):
        return {**entry, "OPTIONS": {**OF_SQLITE}}
    return {**entry, "OPTIONS": {**entry.get("OPTIONS", {}), **OF_POSTGRESQL}}


def _read(url):
    try:
        return dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)
    except dj_database_url.UnknownSchemeError:
        reason = (
            f"{url.partition('://')[0]}:// is no kind of database" if "://" in url else "it is no address"
        )
    except ValueError:
        reason = "it is no address"
    _refuse(reason)


def _refuse(reason):
    raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {reason}. {HOW_TO_WRITE_IT}")
