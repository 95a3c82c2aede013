"""What hinders a backup or a restore, in one sentence for the person at the terminal."""

import contextlib
import sqlite3

from django.db import DatabaseError, connection

from operations.database_cures import cure_of, first_line


class Trouble(Exception):
    pass


@contextlib.contextmanager
def of_the_database():
    """Trouble in the place of what the database or its driver raises."""
    try:
        yield
    except (DatabaseError, sqlite3.Error) as error:
        cure = cure_of(error, connection.vendor)
        raise Trouble(f"The database refuses: {first_line(error)}. {cure}") from error
