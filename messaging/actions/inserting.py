"""New messages into the database, many in one statement.

bulk_create() asks each field of each row how it is to be kept, which is a third of the work of a post; of a message's
fields few need to be asked.
"""

from operator import attrgetter

from django.db import connection, models

from ..models import Message

FIELDS = [field for field in Message._meta.concrete_fields if not field.primary_key]
ASKED = [
    (place, field)
    for place, field in enumerate(FIELDS)
    if isinstance(field, models.DateTimeField | models.JSONField | models.UUIDField)
]
INSERT = "INSERT INTO {table} ({columns}) VALUES {rows} RETURNING id"

values_of = attrgetter(*(field.attname for field in FIELDS))


def insert_messages(messages):
    """Save these, which are new, and give them their ids. IntegrityError or DataError, as bulk_create() raises them."""
    most = (connection.features.max_query_params or len(FIELDS) * len(messages)) // len(FIELDS)
    for start in range(0, len(messages), most):
        _insert(messages[start : start + most])


def _insert(messages):
    with connection.cursor() as cursor:
        cursor.execute(_statement(len(messages)), [value for one in messages for value in _kept(one)])
        for message, (id,) in zip(messages, cursor.fetchall(), strict=True):
            message.pk = id
            message._state.adding, message._state.db = False, connection.alias


def _statement(count):
    row = f"({', '.join(['%s'] * len(FIELDS))})"
    columns = ", ".join(connection.ops.quote_name(field.column) for field in FIELDS)
    return INSERT.format(table=Message._meta.db_table, columns=columns, rows=", ".join([row] * count))


def _kept(message):
    values = list(values_of(message))
    for place, field in ASKED:
        if values[place] is not None:
            values[place] = field.get_db_prep_save(values[place], connection)
    return values
