"""Many rows in one statement.

bulk_create() asks each field of each row how it is to be kept, which is a third of the work of a post; of a row's
fields few need to be asked. PostgreSQL reads and plans anew each of the statements of an executemany(). And who asks
about many pairs with OR has the database read, and plan, as many conditions.
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
            cursor.execute(*_filled(statement, some))


def find(statement, rows):
    """What a statement finds that is worded like one for `update`: a list of tuples."""
    found = []
    for some in portions(rows, len(rows[0])) if rows else ():
        with connection.cursor() as cursor:
            cursor.execute(*_filled(statement, some))
            found += cursor.fetchall()
    return found


def portions(rows, width):
    """As many as a statement may have values, and always a power of two: so the words of a few statements serve all,
    and SQLite, which keeps those it has read, need not read them again."""
    most = (connection.features.max_query_params or width * len(rows)) // width
    start = 0
    while start < len(rows):
        count = 1 << (min(most, len(rows) - start).bit_length() - 1)
        yield rows[start : start + count]
        start += count


def _filled(statement, rows):
    """The words, and the values in them."""
    return statement.format(rows=blanks(len(rows[0]), len(rows))), [value for row in rows for value in row]


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
