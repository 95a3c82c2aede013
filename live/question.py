"""A question is a query that Django words once, and that is asked many times about different things.

Building a query costs more than asking it, which counts where two thousand sockets come back at once. The words stay
those of the models and the policy: only the values are put in anew.
"""

import threading

from django.db import connections

BLANKS = {
    int: lambda place: -7_200_001 - place,
    str: lambda place: f"a blank, {place}",
}  # what no query says itself


class Question:
    """`word` builds a `values_list` for blanks of the kinds that are named; `ask` fills them in."""

    def __init__(self, word, **kinds):
        self._word = word
        self._blanks = {name: BLANKS[kind](place) for place, (name, kind) in enumerate(kinds.items())}
        self._worded = threading.local()  # each thread has a connection of its own

    def ask(self, **values):
        """The rows, as tuples."""
        connection = connections["default"]
        compiler, sql, params, converters = self._words_for(connection)
        meant = {blank: values[name] for name, blank in self._blanks.items()}
        with connection.cursor() as cursor:
            cursor.execute(sql, [meant.get(param, param) for param in params])
            rows = cursor.fetchall()
        return [tuple(row) for row in compiler.apply_converters(rows, converters)] if converters else rows

    def _words_for(self, connection):
        worded = getattr(self._worded, "it", None)
        if worded is None or worded[0].connection is not connection:
            compiler = self._word(**self._blanks).query.get_compiler(connection=connection)
            sql, params = compiler.as_sql()
            converters = compiler.get_converters([part for part, *_ in compiler.select])
            worded = self._worded.it = compiler, sql, params, converters
        return worded
