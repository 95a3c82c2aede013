"""A question is a query that Django words once, and that is asked many times about different things.

Building a query costs more than asking it, which counts where two thousand sockets come back at once, and in every
post. The words stay those of the models and the policy: only the values are put in anew.
"""

from functools import partial
from itertools import count, zip_longest
from uuid import UUID

from django.db.models.query import ModelIterable, get_related_populators

from ..ids import LARGEST_ID
from .rows import KINDS, power_from
from .trip import execute, here

BLANKS = {
    int: lambda place: 1_720_000_001 + place,
    str: lambda place: f"a blank, {place}",
    UUID: lambda place: UUID(int=7_200_001 + place),
}  # what no query says itself


class Question:
    """`word` builds a query for blanks of the kinds that are named; `ask` fills them in, in any thread.

    A kind in brackets, as `[int]`, is that of a list, which the query says `__in` of. The lists that one asks with are
    equally long; about nothing, nothing is found.
    """

    def __init__(self, word, **kinds):
        self._word, self._kinds = word, kinds
        self._lists = [name for name, kind in kinds.items() if is_list(kind)]
        self._worded = {}  # {length of its lists: Words}

    def ask(self, **values):
        """The rows: tuples of a `values_list`, else instances of the model, related and annotated as the query says."""
        found = []
        execute(self.asking(found.extend, **values))
        return found

    def asking(self, take, **values):
        """For `execute`: `take` gets the rows that `ask` would return."""
        length = self._length(values)
        return [] if length == 0 else [self._words_for(length).asking(take, values)]

    def ask_each(self, several):
        """What `ask` would find of each of these, in one query of any number of rows that is neither sorted nor cut.

        `several` are tuples of what is asked about, in the order of the kinds. What is found may come more than once.
        """
        found = []
        if several:
            execute([self._words_for().asking_each(found.extend, several)])
        return found

    def _length(self, values):
        lengths = {len(values[name]) for name in self._lists}
        if len(lengths) > 1:
            raise ValueError("Lists that are asked about together are equally long.")
        return lengths.pop() if lengths else None

    def _words_for(self, length=None):
        """Lists are worded for the next power of two, so that a few wordings serve all; and for a whole, one does."""
        size = length and (1 if tells_lists_whole(here()) else power_from(length))
        if size not in self._worded:
            self._worded[size] = Words(self._word, self._kinds, size, here())
        return self._worded[size]


def tells_lists_whole(connection):
    """PostgreSQL's driver reads a statement anew, value by value, where it has many."""
    return connection.vendor == "postgresql"


def is_list(what):
    return isinstance(what, list)


class Words:
    """A question as it is worded, with lists of one size. It keeps no more of its query than it needs."""

    def __init__(self, word, kinds, size, connection):
        places = count()
        blanks = {name: _blank(kind, size, places) for name, kind in kinds.items()}
        query = word(**blanks)
        compiler = query.query.get_compiler(connection=connection)
        self._sql, self._params = compiler.as_sql()
        self._converters = [*compiler.get_converters([part for part, *_ in compiler.select]).items()]
        self._make = _maker(compiler) if query._iterable_class is ModelIterable else None
        self._has_uuids = connection.features.has_native_uuid_field
        self._blanks = {name: self._kept(blank) for name, blank in blanks.items()}
        self._repeated = {}  # {how often: the words of as many}
        self._see_that_all_are_asked_about()
        self._are_whole = tells_lists_whole(connection)
        whole = _told_whole(self._sql, self._params, filter(is_list, self._blanks.values()))
        if self._are_whole:
            self._sql, self._params = whole

    def _see_that_all_are_asked_about(self):
        """Django leaves out what it finds true of every row, and would then do so whatever is asked."""
        for name, blank in self._blanks.items():
            if not set(blank if is_list(blank) else [blank]) <= set(self._params):
                raise ValueError(f"The words of this question do not ask about {name}.")

    def asking(self, take, values):
        """For `execute`."""
        meant = self._meant(values)
        return self._sql, [meant.get(param, param) for param in self._params], partial(self._give, take)

    def asking_each(self, take, several):
        several = several + [several[-1]] * (power_from(len(several)) - len(several))
        if len(several) not in self._repeated:
            self._repeated[len(several)] = " UNION ALL ".join([self._sql] * len(several))
        all_meant = [self._meant(dict(zip(self._blanks, values, strict=True))) for values in several]
        params = [meant.get(param, param) for meant in all_meant for param in self._params]
        return self._repeated[len(several)], params, partial(self._give, take)

    def _give(self, take, rows):
        if self._converters:
            connection = here()
            rows = [self._converted(row, connection) for row in rows]
        take(rows if self._make is None else [self._make(row) for row in rows])

    def _converted(self, row, connection):
        """As a compiler does it."""
        row = list(row)
        for place, (converters, expression) in self._converters:
            for convert in converters:
                row[place] = convert(row[place], expression, connection)
        return tuple(row)

    def _meant(self, values):
        """{blank: value}; what is left of a list's blanks means its last value again."""
        meant = {}
        for name, blank in self._blanks.items():
            value = self._kept(values[name])
            if is_list(blank) and self._are_whole:
                meant[tuple(blank)] = value
            elif is_list(blank):
                meant.update(zip_longest(blank, value, fillvalue=value[-1]))
            else:
                meant[blank] = value
        return meant

    def _kept(self, value):
        """As the database is told of it."""
        if is_list(value):
            return [self._kept(one) for one in value]
        if type(value) is int and not -LARGEST_ID <= value <= LARGEST_ID:  # no database counts so far
            return LARGEST_ID if value > 0 else -LARGEST_ID
        return value.hex if isinstance(value, UUID) and not self._has_uuids else value


def _told_whole(sql, params, lists):
    """The same with one parameter, a tuple of its blanks, for each list."""
    (words, *others), told, place = sql.split("%s"), [], 0
    first_blanks = {blanks[0]: tuple(blanks) for blanks in lists}
    while place < len(params):
        blanks = first_blanks.get(params[place])
        if blanks is None:
            told.append(params[place])
            words, place = f"{words}%s{others[place]}", place + 1
        elif words.endswith(" IN (") and tuple(params[place : place + len(blanks)]) == blanks:
            told.append(blanks)
            place += len(blanks)
            kind = KINDS.get(type(blanks[0]), "text")
            words = f"{words.removesuffix('IN (')}= ANY(%s::{kind}[]{others[place - 1]}"
        else:
            raise ValueError("A list can be asked about with __in only.")
    return words, told


def _maker(compiler):
    """A function that makes an instance of a row, as a queryset does."""
    alias, select, how = compiler.connection.alias, compiler.select, compiler.klass_info
    first, last = how["select_fields"][0], how["select_fields"][-1]
    names = [part.target.attname for part, *_ in select[first : last + 1]]
    related = get_related_populators(how, select, alias)
    model, besides = how["model"], [*compiler.annotation_col_map.items()]

    def make(row):
        one = model.from_db(alias, names, row[first : last + 1])
        for kind in related:
            kind.populate(row, one)
        for name, place in besides:
            setattr(one, name, row[place])
        return one

    return make


def _blank(kind, size, places):
    if is_list(kind):
        return [BLANKS[kind[0]](next(places)) for _ in range(size)]
    return BLANKS[kind](next(places))
