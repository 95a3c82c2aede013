"""A reminder waits in what is saved, and needs no errand."""

from django.db import migrations, models


def forget(apps, schema_editor):
    apps.get_model("messaging", "Errand").objects.filter(verb="remind").delete()


class Migration(migrations.Migration):
    dependencies = [("messaging", "0020_scheduled_words_that_are_done_with")]

    operations = [
        migrations.AddIndex(
            model_name="saved",
            index=models.Index(
                fields=["remind_at"],
                condition=models.Q(remind_at__isnull=False, reminded_at=None, done_at=None),
                name="saved_to_be_reminded_of",
            ),
        ),
        migrations.AlterField(
            model_name="errand",
            name="verb",
            field=models.CharField(
                choices=[
                    ("push", "Wake the browsers of whom a notification is for"),
                    ("ring", "Wake the browsers of who wants to hear of everything said in a conversation"),
                    ("send", "Post a scheduled message"),
                    ("fold", "Tell the rooms of a board what was done on it"),
                    ("shrink", "Make the smaller picture of an attachment"),
                    ("depict", "Draw the first page of an attachment"),
                    ("preview", "Look at the pages that a message links to"),
                ],
                max_length=20,
            ),
        ),
        migrations.RunPython(forget, migrations.RunPython.noop),
    ]
