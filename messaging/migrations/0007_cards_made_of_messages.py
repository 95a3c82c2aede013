"""A message knows the card that was made of it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("boards", "0003_names_given_by_browsers"),
        ("messaging", "0006_people_off_boards"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="card",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="made_of",
                to="boards.task",
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="why",
            field=models.CharField(
                choices=[
                    ("posted", "Posted"),
                    ("edited", "Edited"),
                    ("reacted", "Reacted"),
                    ("deleted", "Deleted"),
                    ("pinned", "Pinned"),
                    ("carded", "Carded"),
                ],
                default="posted",
                editable=False,
                max_length=7,
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("card__isnull", False)), fields=["card"], name="messages_made_into_cards"
            ),
        ),
    ]
