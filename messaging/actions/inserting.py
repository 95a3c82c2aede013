"""New rows into the database, many in one statement.

bulk_create() asks each field of each row how it is to be kept, which is a third of the work of a post; of a row's
fields few need to be asked.
"""

from functools import cache, lru_cache
from operator import attrgetter

from django.db import connection, models

INSERT = "INSERT INTO {table} ({columns}) VALUES {rows} RETURNING id"


def insert(rows):
    """Save these, which are new and of one model, and give them their ids.

    Raises IntegrityError or DataError, as bulk_create() does.
    """
    fields = fields_of(type(rows[0]))
    most = (connection.features.max_query_params or len(fields) * len(rows)) // len(fields)
    for start in range(0, len(rows), most):
        _insert(rows[start : start + most])


def _insert(rows):
    keep = keeper_of(type(rows[0]))
    with connection.cursor() as cursor:
        cursor.execute(statement(type(rows[0]), len(rows)), [value for row in rows for value in keep(row)])
        for row, (id,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = id
            row._state.adding, row._state.db = False, connection.alias


@cache
def fields_of(model):
    return [field for field in model._meta.concrete_fields if not field.primary_key]


@lru_cache(512)
def statement(model, count):
    fields = fields_of(model)
    row = f"({', '.join(['%s'] * len(fields))})"
    columns = ", ".join(f'"{field.column}"' for field in fields)
    return INSERT.format(table=model._meta.db_table, columns=columns, rows=", ".join([row] * count))


@cache
def keeper_of(model):
    """A function which tells the values of a row, as the database keeps them."""
    values_of = attrgetter(*(field.attname for field in fields_of(model)))
    asked = [
        (place, field)
        for place, field in enumerate(fields_of(model))
        if isinstance(field, models.DateTimeField | models.JSONField | models.UUIDField)
    ]

    def keep(row):
        values = list(values_of(row))
        for place, field in asked:
            if values[place] is not None:
                values[place] = field.get_db_prep_save(values[place], connection)
        return values

    return keep
