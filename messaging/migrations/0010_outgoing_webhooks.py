"""Outgoing webhooks tell others of messages and cards, and whoever made one is told when it is switched off."""

import django.db.models.deletion
import django.utils.timezone
import messaging.models.outgoing_hook
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("boards", "0003_names_given_by_browsers"),
        ("messaging", "0009_bots"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("chat_message", "New message"),
                            ("message_edited", "Edited message"),
                            ("message_deleted", "Deleted message"),
                            ("card_created", "New card"),
                            ("card_moved", "Moved card"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("delivered", "Delivered"),
                            ("given_up", "Given up"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("done_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("error", models.CharField(blank=True, max_length=200)),
                ("took", models.PositiveIntegerField(null=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="OutgoingHook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.CharField(max_length=500)),
                (
                    "secret",
                    models.CharField(
                        default=messaging.models.outgoing_hook.random_secret, editable=False, max_length=80
                    ),
                ),
                ("events", models.JSONField(default=list)),
                ("word", models.CharField(blank=True, max_length=40)),
                ("is_on", models.BooleanField(default=True, editable=False)),
                ("failing_since", models.DateTimeField(editable=False, null=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="notification",
            name="a_notification_is_about_something",
        ),
        migrations.AlterField(
            model_name="notification",
            name="kind",
            field=models.CharField(
                choices=[
                    ("mention", "Mention"),
                    ("everybody", "Mention of everybody in a room"),
                    ("reply", "Reply"),
                    ("direct", "Direct message"),
                    ("reminder", "Reminder"),
                    ("invitation", "Invitation"),
                    ("assignment", "Assignment"),
                    ("webhook", "Webhook switched off"),
                ],
                default="mention",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="message",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliveries",
                to="messaging.message",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="task",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliveries",
                to="boards.task",
            ),
        ),
        migrations.AddField(
            model_name="outgoinghook",
            name="board",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="outgoing_hooks", to="boards.board"
            ),
        ),
        migrations.AddField(
            model_name="outgoinghook",
            name="bot",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="outgoing_hooks", to="messaging.bot"
            ),
        ),
        migrations.AddField(
            model_name="outgoinghook",
            name="made_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="outgoinghook",
            name="room",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="outgoing_hooks",
                to="messaging.conversation",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="hook",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliveries",
                to="messaging.outgoinghook",
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="hook",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notifications",
                to="messaging.outgoinghook",
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("message__isnull", False),
                    ("invitation__isnull", False),
                    ("task__isnull", False),
                    ("hook__isnull", False),
                    _connector="OR",
                ),
                name="a_notification_is_about_something",
            ),
        ),
        migrations.AddIndex(
            model_name="outgoinghook",
            index=models.Index(condition=models.Q(("is_on", True)), fields=["board"], name="hook_listening"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["hook", "id"], name="delivery_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("message__isnull", False), ("task", None)),
                    models.Q(("message", None), ("task__isnull", False)),
                    _connector="OR",
                ),
                name="a_delivery_tells_of_a_message_or_a_card",
            ),
        ),
    ]
