"""What was scheduled and has been posted, or given up, keeps no words: those of a deleted message were still there."""

from django.db import migrations


def forget(apps, schema_editor):
    apps.get_model("messaging", "Scheduled").objects.exclude(sent_at=None, cancelled_at=None).update(body="")


class Migration(migrations.Migration):
    dependencies = [("messaging", "0019_files_in_their_order")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
