"""One moment of the database, for reads that take several queries and must agree with each other.

Django's atomic() would not do: it reads each statement's own moment on PostgreSQL, and takes the write lock on SQLite,
where this project begins transactions as IMMEDIATE.
"""

from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError, connection

BEGIN = {"postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "sqlite": "BEGIN DEFERRED"}
# On PostgreSQL, which would cut it off after 30 s.
PAUSE = "SET LOCAL idle_in_transaction_session_timeout = 0"


@contextmanager
def snapshot(*, may_pause=False):
    """Read only; `may_pause` for who does more between two reads than a page does.

    Inside a transaction it changes nothing: that has its own moment.
    """
    if connection.in_atomic_block:
        yield
        return
    _execute(BEGIN[connection.vendor])
    try:
        if may_pause and connection.vendor == "postgresql":
            _execute(PAUSE)
        yield
    finally:
        try:
            _execute("ROLLBACK")
        except (DatabaseError, InterfaceError):
            connection.close()  # a connection left inside a transaction would show the past for ever


def _execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
