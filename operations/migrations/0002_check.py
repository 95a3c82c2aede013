"""What a look at the whole found is kept, for the numbers to tell."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("operations", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Check",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("wrong", models.PositiveIntegerField()),
            ],
        ),
    ]
