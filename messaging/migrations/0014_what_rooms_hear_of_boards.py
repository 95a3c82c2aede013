"""Rooms are told what is done on their board."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("boards", "0003_names_given_by_browsers"),
        ("messaging", "0013_channels_brought_in"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Activity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveBigIntegerField()),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("added", "Added"),
                            ("moved", "Moved"),
                            ("finished", "Finished"),
                            ("given", "Given"),
                            ("taken", "Taken"),
                            ("archived", "Archived"),
                            ("restored", "Restored"),
                        ],
                        max_length=8,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("to", models.CharField(blank=True, max_length=150)),
            ],
            options={
                "ordering": ["revision", "id"],
            },
        ),
        migrations.AddField(
            model_name="conversation",
            name="heard_revision",
            field=models.PositiveBigIntegerField(editable=False, null=True),
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
                    ("fold", "Tell the rooms of a board what was done on it"),
                    ("shrink", "Make the smaller picture of an attachment"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                condition=models.Q(("heard_revision__isnull", False)),
                fields=["board"],
                name="rooms_that_hear_of_boards",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="board",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="boards.board",
                db_index=False,
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="task",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="boards.task"
            ),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["board", "revision"], name="activity_of_board"),
        ),
    ]
