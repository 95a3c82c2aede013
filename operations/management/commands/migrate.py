"""`manage.py migrate`, which may take as long as it takes: nobody waits for a page of it."""

from contextlib import contextmanager

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

LIMITS = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")


class Command(Migrate):
    def handle(self, *args, **options):
        with patience(connections[options["database"]]):
            return super().handle(*args, **options)


@contextmanager
def patience(connection):
    """Without the limits that settings.py sets for PostgreSQL: a table may be large, or be read by a backup."""
    if connection.vendor != "postgresql":
        yield
        return
    _tell(connection, *[f"SET {limit} = 0" for limit in LIMITS])
    yield
    _tell(connection, *[f"RESET {limit}" for limit in LIMITS])


def _tell(connection, *commands):
    with connection.cursor() as cursor:
        for command in commands:
            cursor.execute(command)
