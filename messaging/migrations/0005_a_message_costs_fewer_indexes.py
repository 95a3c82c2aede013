"""Indexes that others begin with go, and those of what few messages have hold only these.

They are dropped by name, for SQLite would copy the whole table to alter a field of it, and lose its triggers.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLE = "messaging_message"
COLUMNS = {"conversation_id", "author_id", "reply_to_id", "forwarded_from_id", "deleted_by_id"}


def drop_indexes(apps, schema_editor):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, TABLE)
    for name, is_ in found.items():
        if is_["index"] and not is_["unique"] and len(is_["columns"]) == 1 and is_["columns"][0] in COLUMNS:
            schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")


def to_a_person(**how):
    how = {"null": True, "on_delete": django.db.models.deletion.SET_NULL, "editable": False, **how}
    return models.ForeignKey(settings.AUTH_USER_MODEL, db_index=False, **how)


def to_a_message(name):
    on_delete = django.db.models.deletion.SET_NULL
    return models.ForeignKey("messaging.message", on_delete, null=True, related_name=name, db_index=False)


def index(name, field):
    condition = models.Q((f"{field}__isnull", False))
    return migrations.AddIndex("message", models.Index(fields=[field], condition=condition, name=name))


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0004_how_people_are_told"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunPython(drop_indexes, migrations.RunPython.noop)],
            [
                migrations.AlterField(
                    "message",
                    "conversation",
                    models.ForeignKey(
                        "messaging.conversation",
                        django.db.models.deletion.CASCADE,
                        related_name="messages",
                        db_index=False,
                    ),
                ),
                migrations.AlterField("message", "author", to_a_person(related_name="messages")),
                migrations.AlterField("message", "deleted_by", to_a_person(related_name="+")),
                migrations.AlterField("message", "reply_to", to_a_message("replies")),
                migrations.AlterField("message", "forwarded_from", to_a_message("+")),
            ],
        ),
        index("messages_that_answer", "reply_to"),
        index("messages_forwarded", "forwarded_from"),
        index("messages_taken_away", "deleted_by"),
    ]
