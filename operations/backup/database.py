"""Which kind of database this installation has, and whether anybody uses it yet."""

from django.db import DatabaseError, connection

from . import postgres, sqlite

KINDS = {"sqlite": sqlite, "postgresql": postgres}


def chosen():
    return KINDS[connection.vendor]


def is_empty():
    """Nobody can sign in to it, or it has no tables at all."""
    from accounts.models import User

    try:
        return not User.objects.exists()
    except DatabaseError:
        return True
