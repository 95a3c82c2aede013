"""What was said until now becomes findable. The index itself, and how it is kept, is of messaging/search."""

from django.db import migrations

from messaging.search import index


def build(apps, schema_editor):
    index.build()


def drop(apps, schema_editor):
    index.remove()


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0002_what_people_keep"),
        ("boards", "0001_initial"),
    ]

    operations = [migrations.RunPython(build, drop)]
