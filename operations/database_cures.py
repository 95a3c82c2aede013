"""What to do about a database that refuses, by the words in which it does."""

ROOM = "Free some space on its disk."
SQLITE = [
    (("is full",), ROOM),
    (("readonly", "unable to open"), "See to the rights of the data folder: this user must write there."),
    (
        ("is locked",),
        "Another program holds it: close what else has the file open, such as a shell of SQLite.",
    ),
    (
        ("disk i/o error", "locking protocol"),
        "SQLite needs a disk of this machine, and a sound one: put the data folder on one, not on a network drive.",
    ),
    (
        ("malformed", "not a database"),
        "The file is broken: stop everything, move it and those named like it away, and restore the last backup.",
    ),
    (("",), "See to the data folder, or correct DATABASE_URL."),
]
POSTGRESQL = [
    (("no space left",), ROOM),
    (
        ("read-only transaction", "recovery"),
        "It only lets itself be read, as a standby does: lead DATABASE_URL to the primary, or let it be written.",
    ),
    (("permission denied",), "Give the role of DATABASE_URL the rights to it, best by making it the owner."),
    (
        ("too many", "connection slots"),
        "It has no connection left: raise max_connections, or run fewer processes.",
    ),
    (("starting up", "shutting down"), "It starts, or stops: wait a moment."),
    (
        ("password", "authentication failed", "pg_hba.conf"),
        "Correct user and password in DATABASE_URL, or give the role that password; pg_hba.conf says who may come.",
    ),
    (
        ('role "', 'database "'),
        "Make what is missing (createuser, createdb: docs/self-hosting.md), or correct DATABASE_URL.",
    ),
    (("",), "Start it, or correct DATABASE_URL."),
]


def first_line(error):
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def cure_of(error, vendor):
    """For an exception of Django or of the driver; `vendor` is that of the connection."""
    if type(error).__name__ == "NotSupportedError":  # which the first connection raises of an old server
        return "Upgrade it: PostgreSQL 14 or newer is needed (docs/self-hosting.md)."
    told = str(error).lower()
    known = SQLITE if vendor == "sqlite" else POSTGRESQL
    return next(cure for signs, cure in known if any(sign in told for sign in signs))
