"""What was said in the last half of a thousandth of a second, which SQLite counted to the next, becomes findable."""

from django.db import migrations

from messaging.search import index


def build_anew(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        index.build()


class Migration(migrations.Migration):
    dependencies = [("messaging", "0016_what_is_due")]

    operations = [migrations.RunPython(build_anew, migrations.RunPython.noop)]
