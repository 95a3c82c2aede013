"""Comparing without case in every alphabet: SQLite, and PostgreSQL in a database of locale C, know the English only.

What has no other letters is compared as Django does it, which costs less.
"""

from functools import cache

from django.db import connections
from django.db.models import CharField, Func, TextField, lookups

PAIRS = (
    (lookups.IExact, lookups.Exact),
    (lookups.IContains, lookups.Contains),
    (lookups.IStartsWith, lookups.StartsWith),
    (lookups.IEndsWith, lookups.EndsWith),
)


class InLowerCase(Func):
    function = "prizmai_lower"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **how):
        collation = ' COLLATE "und-x-icu"' if _knows_every_alphabet(connection.alias) else ""
        return self.as_sql(
            compiler,
            connection,
            function="LOWER",
            template=f"%(function)s(%(expressions)s{collation})",
            **how,
        )


def learn(connection, **signal):
    """Each new connection learns to lower letters."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("prizmai_lower", 1, _lowered, deterministic=True)


def know_every_alphabet():
    """From here on, what Django compares without case is compared so whatever its letters."""
    for without_case, with_case in PAIRS:
        lookup = _in_every_alphabet(without_case, with_case)
        for field in (CharField, TextField):
            field.register_lookup(lookup)


def _in_every_alphabet(without_case, with_case):
    class InEveryAlphabet(without_case):
        def as_sql(self, compiler, connection):
            if not isinstance(self.rhs, str) or self.rhs.isascii():
                return super().as_sql(compiler, connection)
            return compiler.compile(with_case(InLowerCase(self.lhs), self.rhs.lower()))

    return InEveryAlphabet


def _lowered(text):
    return text if text is None else text.lower()


@cache
def _knows_every_alphabet(alias):
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_collation WHERE collname = 'und-x-icu'")
        return cursor.fetchone()[0] > 0
