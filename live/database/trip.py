"""What a database is told, and asked, in one trip."""

from itertools import chain

from django.db import DEFAULT_DB_ALIAS, connections


def execute(*whats):
    """All of this in order: each is an iterable of (statement, its values, who takes the rows it finds, or None).

    PostgreSQL is told it in one trip. While the loop is busy, whoever waits for an answer waits for Python besides,
    which is most of what a short statement takes.
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
    """The connection of this thread itself: its proxy would look for it whenever it is asked anything."""
    return connections[DEFAULT_DB_ALIAS]
