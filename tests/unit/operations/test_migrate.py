"""Migrations wait for as long as they must; everything else does not."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.core.management import call_command, get_commands
from django.db import connection, transaction

from operations.models import Check

HELD = 2.5  # seconds, and the line waits for a lock no longer than two


def test_the_command_migrate_is_ours():
    assert get_commands()["migrate"] == "operations"


def limit():
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        return cursor.fetchone()[0]


def read_for_a_while(begun):
    """As pg_dump does, which lets nobody change the table meanwhile."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            list(Check.objects.all())
            begun.set()
            cursor.execute("SELECT pg_sleep(%s)", [HELD])
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_backup_that_is_being_made_does_not_make_them_fail():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no such limits.")
    begun = Event()
    with ThreadPoolExecutor() as pool:
        reading = pool.submit(read_for_a_while, begun)
        assert begun.wait(5)
        call_command("migrate", "operations", "0001", verbosity=0)
        call_command("migrate", "operations", verbosity=0)
        reading.result()
    assert limit() == "2s"
