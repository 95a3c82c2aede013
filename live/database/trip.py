"""Several statements in one round trip to the database."""

from itertools import chain

from django.db import DEFAULT_DB_ALIAS, connections


def execute(*whats):
    """Execute all of these in order; each is an iterable of (statement, its values, what takes its rows, or None).

    PostgreSQL gets them in one trip. A thread that waits for an answer while the loop is busy must also wait for its
    turn to run Python, which takes longer than a short statement: so one wait is better than several.
    """
    statements, connection = [*chain(*whats)], here()
    if not statements:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            words, values, takers = zip(*statements, strict=True)
            cursor.execute("; ".join(words), [*chain(*values)])
            for take in takers:
                if take:
                    take(cursor.fetchall())
                cursor.nextset()
        else:
            for words, values, take in statements:
                cursor.execute(words, values)
                if take:
                    take(cursor.fetchall())


def here():
    """The connection of this thread itself: django.db.connection would look it up again for each attribute."""
    return connections[DEFAULT_DB_ALIAS]
