"""Bots speak by webhooks, and cannot sign in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_access_tokens")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="is_bot",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_bot", False),
                    models.Q(
                        ("email", ""),
                        ("is_staff", False),
                        ("is_superuser", False),
                        ("password__startswith", "!"),
                    ),
                    _connector="OR",
                ),
                name="a_bot_cannot_sign_in",
            ),
        ),
    ]
