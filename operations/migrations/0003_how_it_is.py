"""What the page of how it is tells: how quick the line was, what was found, and backups."""

from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [("operations", "0002_check")]

    operations = [
        migrations.AddField("check", "found", models.JSONField(default=list)),
        migrations.CreateModel(
            name="LineProcess",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("host", models.CharField(max_length=255)),
                ("pid", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("mode", models.CharField(max_length=20)),
                ("since", models.DateTimeField()),
                ("sockets", models.PositiveIntegerField()),
                ("redis", models.CharField(max_length=255)),
                ("hears", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="Minute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("process", models.CharField(max_length=40)),
                ("at", models.DateTimeField(db_index=True)),
                ("counts", models.JSONField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["process", "at"], name="one_count_per_process_and_minute")
                ]
            },
        ),
        migrations.CreateModel(
            name="Backup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=timezone.now)),
                ("path", models.CharField(max_length=1000)),
                ("size", models.PositiveBigIntegerField(null=True)),
                ("messages", models.PositiveBigIntegerField(null=True)),
                ("missing", models.PositiveIntegerField(default=0)),
                ("tested_at", models.DateTimeField(null=True)),
                ("failure", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["-at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("size__isnull", False), ("tested_at", None), _connector="OR"),
                        name="only_what_was_made_is_tested",
                    )
                ],
            },
        ),
    ]
