"""Bulk statements, and a cheap way to make instances of a model.

Django's bulk_create() and constructors ask every field of every row how it is prepared for the database, which was a
third of the work of a post; here only the few fields are asked that need it. And a query about many pairs, joined by
OR, would have the database parse and plan as many conditions: here the pairs are the rows of a joined table.
"""

from functools import cache, partial
from operator import attrgetter

from django.db import models
from django.db.models.base import ModelState

from .rows import as_told
from .trip import execute, here

KEPT_OTHERWISE = models.DateTimeField | models.JSONField | models.UUIDField  # than they are
TEXTS = models.CharField | models.TextField


def new(model, what):
    """As model(**what), for what are names of fields; whatever is not named has its default. No signal is sent."""
    blank, made, relations = form_of(model)
    row = model.__new__(model)  # as what was pickled is made
    row._state = ModelState()
    values = row.__dict__
    values.update(blank)
    for name, default in made:
        values[name] = default()
    for name, value in what.items():
        relation = relations.get(name)
        if relation is None:
            values[name] = value
        else:
            relation.set_cached_value(row, value)
            values[relation.attname] = value and value.pk
    return row


def insert(rows):
    """Save these, which are new and of one model, and give them their ids.

    Raises IntegrityError or DataError, as bulk_create() does.
    """
    execute(inserting(rows))


def update(statement, rows):
    """`rows` are tuples of what the statement calls column1, column2 and so on; in its words {rows} stands for them."""
    execute(updating(statement, rows))


def find(statement, rows):
    """What a statement finds that is worded like one for `update`: a list of tuples, some of which may come again."""
    found = []
    execute(finding(statement, rows, found.extend))
    return found


def inserting(rows):
    """As `insert`, for `execute`."""
    model, connection = type(rows[0]), here()
    kept, start = keeper_of(model)(rows, connection), 0
    into = f"INSERT INTO {model._meta.db_table} ({columns_of(model)})"
    for query, values, count in as_told(connection, kept, kinds_of(model)):
        yield (
            f"{into} {query} RETURNING id",
            values,
            partial(_name, rows[start : start + count], connection.alias),
        )
        start += count


def _name(rows, alias, ids):
    for row, (id,) in zip(rows, ids, strict=True):
        row.pk = id
        row._state.adding, row._state.db = False, alias


def updating(statement, rows):
    """As `update`, for `execute`."""
    return _told(statement, rows, None)


def finding(statement, rows, take):
    """As `find`, for `execute`; it may give what it finds in several portions."""
    return _told(statement, rows, take) if rows else []


def _told(statement, rows, take):
    told = as_told(here(), rows, may_repeat=True)
    return [(statement.format(rows=query), values, take) for query, values, _ in told]


# -- what there is to know of a model -----------------------------------------------------------------------------


@cache
def fields_of(model):
    return [field for field in model._meta.concrete_fields if not field.primary_key]


@cache
def form_of(model):
    """({name: value} of a row of which nothing is known, [(name, maker)] of what is made for each, {name: relation})"""
    fields = model._meta.concrete_fields
    blank = {field.attname: field.get_default() for field in fields if not is_made_anew(field)}
    made = [(field.attname, field.default) for field in fields if is_made_anew(field)]
    return blank, made, {field.name: field for field in fields if field.is_relation}


def is_made_anew(field):
    return field.has_default() and callable(field.default)


@cache
def columns_of(model):
    return ", ".join(here().ops.quote_name(field.column) for field in fields_of(model))


@cache
def kinds_of(model):
    """The types of its columns, None for texts: a text that is too long must not be cut to fit."""
    return [None if isinstance(field, TEXTS) else field.db_type(here()) for field in fields_of(model)]


@cache
def keeper_of(model):
    """A function which tells the values of rows, as the database keeps them that a connection leads to."""
    values_of = attrgetter(*(field.attname for field in fields_of(model)))
    asked = [
        (place, field) for place, field in enumerate(fields_of(model)) if isinstance(field, KEPT_OTHERWISE)
    ]

    def keep(rows, connection):
        lists = [list(values_of(row)) for row in rows]
        for place, field in asked:
            known = {}  # {id of a value: as it is kept}, for rows that are made together share what they can
            for values in lists:
                value = values[place]
                if value is not None:
                    if id(value) not in known:
                        known[id(value)] = field.get_db_prep_save(value, connection)
                    values[place] = known[id(value)]
        return lists

    return keep
