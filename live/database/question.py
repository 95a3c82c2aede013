"""A question is a query that Django words once, and that is asked many times about different things.

Building a query costs more than asking it, which counts where two thousand sockets come back at once, and in every
post. The words stay those of the models and the policy: only the values are put in anew.
"""

import threading
from itertools import count, zip_longest
from uuid import UUID

from django.db import connections
from django.db.models.query import ModelIterable, get_related_populators

BLANKS = {
    int: lambda place: 1_720_000_001 + place,
    str: lambda place: f"a blank, {place}",
    UUID: lambda place: UUID(int=7_200_001 + place),
}  # what no query says itself
FARTHEST = 2**63 - 1


class Question:
    """`word` builds a query for blanks of the kinds that are named; `ask` fills them in.

    A kind in brackets, as `[int]`, stands for a list. The lists that one asks with are equally long; about nothing,
    nothing is found.
    """

    def __init__(self, word, **kinds):
        self._word, self._kinds = word, kinds
        self._lists = [name for name, kind in kinds.items() if isinstance(kind, list)]
        self._worded = threading.local()  # each thread has a connection of its own

    def ask(self, **values):
        """The rows: tuples of a `values_list`, else instances of the model, related and annotated as the query says."""
        length = self._length(values)
        return [] if length == 0 else self._words_for(connections["default"], length).ask(values)

    def _length(self, values):
        lengths = {len(values[name]) for name in self._lists}
        if len(lengths) > 1:
            raise ValueError("Lists that are asked about together are equally long.")
        return lengths.pop() if lengths else None

    def _words_for(self, connection, length=None):
        """Lists are worded for the next power of two, so that a few wordings serve all."""
        it = self._worded.__dict__
        if it.get("connection") is not connection:
            it.update(connection=connection, words={})
        size = length and 1 << (length - 1).bit_length()
        if size not in it["words"]:
            it["words"][size] = Words(self._word, self._kinds, size, connection)
        return it["words"][size]


class Words:
    """A question as it is worded for one connection, with lists of one size."""

    def __init__(self, word, kinds, size, connection):
        self._connection, places = connection, count()
        blanks = {name: _blank(kind, size, places) for name, kind in kinds.items()}
        query = word(**blanks)
        self._compiler = query.query.get_compiler(connection=connection)
        self._sql, self._params = self._compiler.as_sql()
        self._converters = self._compiler.get_converters([part for part, *_ in self._compiler.select])
        self._make = self._maker() if query._iterable_class is ModelIterable else None
        self._blanks = {name: self._kept(blank) for name, blank in blanks.items()}
        self._see_that_all_are_asked_about()

    def _see_that_all_are_asked_about(self):
        """Django leaves out what it finds true of every row, and would then do so whatever is asked."""
        for name, blank in self._blanks.items():
            if not set(blank if isinstance(blank, list) else [blank]) <= set(self._params):
                raise ValueError(f"The words of this question do not ask about {name}.")

    def ask(self, values):
        meant = self._meant(values)
        with self._connection.cursor() as cursor:
            cursor.execute(self._sql, [meant.get(param, param) for param in self._params])
            rows = cursor.fetchall()
        if self._converters:
            rows = [tuple(row) for row in self._compiler.apply_converters(rows, self._converters)]
        return rows if self._make is None else [self._make(row) for row in rows]

    def _maker(self):
        """As a queryset makes its instances."""
        alias, (select, how) = self._connection.alias, (self._compiler.select, self._compiler.klass_info)
        first, last = how["select_fields"][0], how["select_fields"][-1]
        names = [part.target.attname for part, *_ in select[first : last + 1]]
        related = get_related_populators(how, select, alias)
        besides = self._compiler.annotation_col_map.items()

        def make(row):
            one = how["model"].from_db(alias, names, row[first : last + 1])
            for kind in related:
                kind.populate(row, one)
            for name, place in besides:
                setattr(one, name, row[place])
            return one

        return make

    def _meant(self, values):
        """{blank: value}; what is left of a list's blanks means its last value again."""
        meant = {}
        for name, blank in self._blanks.items():
            value = self._kept(values[name])
            if isinstance(blank, list):
                meant.update(zip_longest(blank, value, fillvalue=value[-1]))
            else:
                meant[blank] = value
        return meant

    def _kept(self, value):
        """As the database is told of it."""
        if isinstance(value, list):
            return [self._kept(one) for one in value]
        if type(value) is int and not -FARTHEST <= value <= FARTHEST:  # no database counts so far
            return FARTHEST if value > 0 else -FARTHEST
        is_told_by_its_name = isinstance(value, UUID) and not self._connection.features.has_native_uuid_field
        return value.hex if is_told_by_its_name else value


def _blank(kind, size, places):
    if isinstance(kind, list):
        return [BLANKS[kind[0]](next(places)) for _ in range(size)]
    return BLANKS[kind](next(places))
