"""Many rows in one statement.

bulk_create() asks each field of each row how it is to be kept, which is a third of the work of a post; of a row's
fields few need to be asked. And PostgreSQL reads and plans anew each of the statements of an executemany().
"""

from functools import cache, lru_cache
from operator import attrgetter

from django.db import connection, models

INSERT = "INSERT INTO {table} ({columns}) VALUES {rows} RETURNING id"


def insert(rows):
    """Save these, which are new and of one model, and give them their ids.

    Raises IntegrityError or DataError, as bulk_create() does.
    """
    model = type(rows[0])
    for some in portions(rows, len(fields_of(model))):
        _insert(model, some)


def update(statement, rows):
    """`rows` are tuples of what the statement calls column1, column2 and so on; in its words {rows} stands for them."""
    for some in portions(rows, len(rows[0])):
        with connection.cursor() as cursor:
            cursor.execute(
                statement.format(rows=blanks(len(some[0]), len(some))),
                [value for row in some for value in row],
            )


def portions(rows, width):
    """As many as a statement may have values."""
    most = (connection.features.max_query_params or width * len(rows)) // width
    return [rows[start : start + most] for start in range(0, len(rows), most)]


@lru_cache(1_024)
def blanks(width, count):
    return ", ".join([f"({', '.join(['%s'] * width)})"] * count)


def _insert(model, rows):
    keep, columns = keeper_of(model), columns_of(model)
    statement = INSERT.format(
        table=model._meta.db_table, columns=columns, rows=blanks(len(fields_of(model)), len(rows))
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for row in rows for value in keep(row)])
        for row, (id,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = id
            row._state.adding, row._state.db = False, connection.alias


@cache
def fields_of(model):
    return [field for field in model._meta.concrete_fields if not field.primary_key]


@cache
def columns_of(model):
    return ", ".join(connection.ops.quote_name(field.column) for field in fields_of(model))


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
