"""A person may choose the language in which they are spoken to."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_bots")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="language",
            field=models.CharField(blank=True, max_length=12),
        ),
    ]
