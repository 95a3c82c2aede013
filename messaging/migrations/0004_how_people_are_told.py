"""Rooms and tasks tell of mentions unless one asks for more; mail is bundled instead of a letter for each mention."""

from django.db import migrations, models


def let_rooms_be_calm(apps, schema_editor):
    """Until now nobody could choose a level: all have the first one."""
    memberships = apps.get_model("messaging", "Membership").objects.filter(level="all")
    memberships.exclude(conversation__kind="direct").update(level="mentions")
    apps.get_model("messaging", "Errand").objects.filter(verb="mail_mention").delete()


class Migration(migrations.Migration):
    dependencies = [("messaging", "0003_search")]

    operations = [
        migrations.AlterField(
            model_name="membership",
            name="level",
            field=models.CharField(
                choices=[("all", "Everything"), ("mentions", "Mentions"), ("nothing", "Nothing")],
                default="mentions",
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="errand",
            name="verb",
            field=models.CharField(
                choices=[
                    ("push", "Wake the browsers of whom a notification is for"),
                    ("ring", "Wake the browsers of who wants to hear of everything said in a conversation"),
                    ("remind", "Remind somebody of a saved message"),
                    ("send", "Post a scheduled message"),
                    ("shrink", "Make the smaller picture of an attachment"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="notificationwishes",
            name="inbox_revision",
            field=models.PositiveBigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="pushsubscription",
            name="resting_until",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.RunPython(let_rooms_be_calm, migrations.RunPython.noop),
    ]
