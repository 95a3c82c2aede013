"""The audit log, of which the database itself lets no entry be changed."""

import django.utils.timezone
from django.db import migrations, models


STAY = {
    "sqlite": [
        """
        CREATE TRIGGER audit_entries_stay_as_they_are BEFORE UPDATE ON accounts_auditentry
        BEGIN SELECT RAISE(ABORT, 'an entry of the audit log is never changed'); END
        """
    ],
    "postgresql": [
        """
        CREATE OR REPLACE FUNCTION prizmai_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'an entry of the audit log is never changed' USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """,
        """
        CREATE TRIGGER audit_entries_stay_as_they_are BEFORE UPDATE ON accounts_auditentry
        FOR EACH STATEMENT EXECUTE FUNCTION prizmai_stays()
        """,
    ],
}


def keep_as_they_are(apps, schema_editor):
    for statement in STAY[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def let_be_changed(apps, schema_editor):
    on = " ON accounts_auditentry" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER audit_entries_stay_as_they_are{on}")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_invite_links"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(db_index=True, default=django.utils.timezone.now, editable=False),
                ),
                ("word", models.CharField(editable=False, max_length=40)),
                ("who_id", models.BigIntegerField(editable=False, null=True)),
                ("who", models.CharField(blank=True, editable=False, max_length=240)),
                ("kind", models.CharField(blank=True, editable=False, max_length=20)),
                ("noun_id", models.BigIntegerField(editable=False, null=True)),
                ("noun", models.CharField(blank=True, editable=False, max_length=240)),
                ("board_id", models.BigIntegerField(editable=False, null=True)),
                ("room_id", models.BigIntegerField(editable=False, null=True)),
                ("place", models.CharField(blank=True, editable=False, max_length=240)),
                ("address", models.CharField(blank=True, editable=False, max_length=45)),
                ("browser", models.CharField(blank=True, editable=False, max_length=200)),
                ("details", models.JSONField(default=dict, editable=False)),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["who_id", "-id"], name="audit_entry_by_whom"),
                    models.Index(fields=["kind", "noun_id", "-id"], name="audit_entry_on_what"),
                    models.Index(fields=["board_id", "-id"], name="audit_entry_of_board"),
                ],
            },
        ),
        migrations.RunPython(keep_as_they_are, let_be_changed),
    ]
